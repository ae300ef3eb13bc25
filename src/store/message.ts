import type { Connection } from 'mongoose';
import type { Message } from '../domain/message.ts';
import { defineCollection, fromRecord, number, type Stored, text, toRecord } from './collection.ts';
import { findPage } from './pages.ts';
import type { Store } from './store.ts';

type MessageRecord = Stored<Message>;

/** Up to which message an account has read a dossier's thread. */
interface ReadRecord {
  /** `<dossier>:<account>` */
  _id: string;
  upTo: number;
}

/** Keeps what is written on dossiers, and how far each reader has read. */
export function createMessages(connection: Connection): Store['messages'] {
  const messages = defineCollection<MessageRecord>(
    connection,
    'messages',
    { _id: text, dossier: text, author: text, side: text, text, at: number },
    [[{ dossier: 1, at: 1, _id: 1 }]],
  );
  const reads = defineCollection<ReadRecord>(connection, 'messageReads', { _id: text, upTo: number }, []);
  const mark = (dossier: string, account: string) => `${dossier}:${account}`;

  return {
    insert: (tx, message) => messages.insert([toRecord(message)], tx),

    async find(id) {
      const record = await messages.byId(id);
      return record && fromRecord<Message>(record);
    },

    async list(dossier, page) {
      const found = await findPage(messages, {
        list: 'messages',
        filter: { dossier },
        branches: [{ dossier }],
        orderBy: 'at',
        direction: -1,
        page,
      });
      return { ...found, items: found.items.map((record) => fromRecord<Message>(record)) };
    },

    async authors(dossier, tx) {
      const written = await messages.find({ dossier }, { sort: { at: -1, _id: -1 }, limit: 200 }, tx);
      return [...new Set(written.map(({ author }) => author))];
    },

    async readUpTo(dossier, account) {
      return (await reads.findOne({ _id: mark(dossier, account) }))?.upTo ?? 0;
    },

    markRead: (dossier, account, upTo, tx) =>
      reads.upsertOne({ _id: mark(dossier, account) }, { $set: { upTo } }, tx),
  };
}

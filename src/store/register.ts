import type { Connection } from 'mongoose';
import type { DomainEvent } from '../domain/events.ts';
import { entriesOf, type RegisterEntry, registerYear } from '../domain/register.ts';
import {
  anything,
  defineCollection,
  type Filter,
  fromRecord,
  number,
  type Stored,
  text,
  toRecord,
} from './collection.ts';
import { findPage } from './pages.ts';
import type { Store, Tx } from './store.ts';

interface EntryRecord extends Stored<RegisterEntry> {
  /** Identifier of the entry that this one corrects. */
  corrects: string | null;
}

/** Keeps the registers of the registry offices. Entries are only ever added. */
export function createRegisters(connection: Connection, counters: Store['counters']) {
  const entries = defineCollection<EntryRecord>(
    connection,
    'registerEntries',
    {
      _id: text,
      commune: text,
      direction: text,
      year: number,
      number,
      at: number,
      kind: text,
      dossier: text,
      event: number,
      actor: text,
      body: text,
      correction: anything,
      corrects: text,
    },
    [
      [{ commune: 1, direction: 1, year: 1, number: 1 }, { unique: true }],
      [{ dossier: 1, commune: 1, direction: 1, year: 1, number: 1 }],
      [{ corrects: 1, number: 1 }],
    ],
  );

  /** Numbers an entry in its register: the counter goes back with the transaction, so no number is ever lost. */
  async function add(tx: Tx, entry: Omit<RegisterEntry, 'number'>): Promise<RegisterEntry> {
    const series = `register:${entry.direction}:${entry.commune}:${entry.year}`;
    const numbered = { ...entry, number: await counters.next(tx, series) };
    await entries.insert([{ ...toRecord(numbered), corrects: entry.correction?.entry ?? null }], tx);
    return numbered;
  }

  const registers: Store['registers'] = {
    async find(id, tx) {
      const record = await entries.byId(id, tx);
      return record && toEntry(record);
    },

    async list(filter, page) {
      const { from, to, ...equalities } = filter;
      const conditions: Filter[] = Object.entries(equalities).flatMap(([field, value]) =>
        value === undefined ? [] : [{ [field]: value }],
      );
      if (from !== undefined) conditions.push({ at: { $gte: from } });
      if (to !== undefined) conditions.push({ at: { $lt: to } });
      const found = await findPage(entries, {
        list: 'registers',
        filter,
        branches: [{ $and: conditions }],
        orderBy: 'number',
        direction: -1,
        page,
      });
      return { ...found, items: found.items.map(toEntry) };
    },

    async correctionsOf(ids) {
      const records = await entries.find({ corrects: { $in: ids } }, { sort: { corrects: 1, number: 1 } });
      return records.map(toEntry);
    },

    add,
  };

  /** Writes the lines that events make, in the transaction of the events and in their order. */
  async function follow(tx: Tx, events: DomainEvent[]): Promise<void> {
    for (const event of events) {
      if (event.territory === null) continue;
      for (const [index, entry] of entriesOf(event).entries()) {
        await add(tx, {
          ...entry,
          id: `${event.id}-${index}`,
          commune: event.territory,
          year: registerYear(event.at),
          at: event.at,
          dossier: event.dossier,
          event: event.seq,
          actor: event.actor,
          correction: null,
        });
      }
    }
  }

  return { registers, follow };
}

function toEntry(record: EntryRecord): RegisterEntry {
  return fromRecord<RegisterEntry>(record, ['corrects']);
}

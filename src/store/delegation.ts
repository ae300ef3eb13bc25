import type { Connection } from 'mongoose';
import type { Delegation } from '../domain/delegation.ts';
import { defineCollection, fromRecord, number, type Stored, text, toRecord } from './collection.ts';
import type { Store } from './store.ts';

/** Keeps who may act for whom. */
export function createDelegations(connection: Connection): Store['delegations'] {
  const delegations = defineCollection<Stored<Delegation>>(
    connection,
    'delegations',
    {
      _id: text,
      principal: text,
      delegate: text,
      procedure: text,
      from: number,
      until: number,
      createdAt: number,
      endedAt: number,
    },
    [[{ principal: 1, createdAt: 1, _id: 1 }], [{ delegate: 1, createdAt: 1, _id: 1 }]],
  );
  const inOrder = { sort: { createdAt: 1, _id: 1 } } as const;

  return {
    insert: (tx, delegation) => delegations.insert([toRecord(delegation)], tx),

    async by(principal, tx) {
      const records = await delegations.find({ principal, endedAt: null }, inOrder, tx);
      return records.map((record) => fromRecord<Delegation>(record));
    },

    async to(delegate) {
      const records = await delegations.find({ delegate, endedAt: null }, inOrder);
      return records.map((record) => fromRecord<Delegation>(record));
    },

    end: (tx, principal, id, at) =>
      delegations.updateOne({ _id: id, principal, endedAt: null }, { $set: { endedAt: at } }, tx),
  };
}

import type { Connection } from 'mongoose';
import { anything, date, defineCollection, number, type Stored, text, toRecord } from './collection.ts';
import { fromJson, toJson } from './jsonText.ts';
import { refusingDuplicates } from './mongoErrors.ts';
import type { IdempotencyRecord, Store } from './store.ts';

interface KeptRequest extends Omit<Stored<IdempotencyRecord>, 'response'> {
  response: string | null;
  purgeAt: Date;
}

/** A client that asks again after more than a week asks something new. */
const KEPT_FOR_MS = 7 * 24 * 60 * 60 * 1000;

/** Remembers what requests with an Idempotency-Key did. */
export function createIdempotency(connection: Connection, realNow: () => number): Store['idempotency'] {
  const requests = defineCollection<KeptRequest>(
    connection,
    'idempotency',
    { _id: text, fingerprint: text, resource: anything, response: text, createdAt: number, purgeAt: date },
    [[{ purgeAt: 1 }, { expireAfterSeconds: 0 }]],
  );

  return {
    async find(id) {
      const record = await requests.findOne({ _id: id });
      if (record === null) return null;
      const { _id, response, purgeAt: _purgeAt, ...rest } = record;
      return { id, ...rest, response: response === null ? null : fromJson(response) };
    },

    insert: (tx, record) => {
      const { response, ...rest } = toRecord(record);
      const kept = {
        ...rest,
        response: response === null ? null : toJson(response),
        purgeAt: new Date(realNow() + KEPT_FOR_MS),
      };
      return refusingDuplicates(requests.insert([kept], tx), 'REQUEST_IN_PROGRESS');
    },

    async keepResponse(id, response) {
      const text = response === null ? null : toJson(response);
      await requests.updateOne({ _id: id }, { $set: { response: text } });
    },
  };
}

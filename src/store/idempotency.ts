import type { Connection } from 'mongoose';
import { DomainError } from '../domain/errors.ts';
import { anything, date, defineCollection, number, type Stored, text, toRecord } from './collection.ts';
import { gather } from './gather.ts';
import { fromJson, toJson } from './jsonText.ts';
import type { IdempotencyRecord, Store } from './store.ts';
import { openTransaction } from './transaction.ts';
import { inserting } from './writes.ts';

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

  const keep = gather<{ _id: string; response: string | null }, void>(async (kept) => {
    await requests.setEach(kept);
    return kept.map(() => undefined);
  });

  return {
    async find(id) {
      const record = await requests.byId(id);
      if (record === null) return null;
      const { _id, response, purgeAt: _purgeAt, ...rest } = record;
      return { id, ...rest, response: response === null ? null : fromJson(response) };
    },

    async insert(tx, record) {
      const { response, ...rest } = toRecord(record);
      const kept = {
        ...rest,
        response: response === null ? null : toJson(response),
        purgeAt: new Date(realNow() + KEPT_FOR_MS),
      };
      const refusal = (cause?: unknown) => new DomainError('REQUEST_IN_PROGRESS', {}, { cause });
      openTransaction(tx).last.push(inserting(requests, [kept], refusal));
    },

    keepResponse: (id, response) => keep({ _id: id, response: response === null ? null : toJson(response) }),
  };
}

import type { Connection } from 'mongoose';
import { defineCollection, number, text } from './collection.ts';
import { isDuplicateKey, refusingDuplicates } from './mongoErrors.ts';
import type { Store } from './store.ts';
import { Overtaken } from './transaction.ts';

/** Counts series without gaps: the number is given back when the transaction does not commit. */
export function createCounters(connection: Connection): Store['counters'] {
  const counters = defineCollection<{ _id: string; value: number }>(
    connection,
    'counters',
    { _id: text, value: number },
    [],
  );

  return {
    async next(tx, series) {
      try {
        const record = await counters.take({ _id: series }, { $inc: { value: 1 } }, tx, { upsert: true });
        if (record === null) throw new Error(`no counter ${series}`);
        return record.value;
      } catch (error) {
        // Two transactions began the same series at once.
        throw isDuplicateKey(error) ? new Overtaken('counters', { cause: error }) : error;
      }
    },
  };
}

/** One receipt however it is typed: case, blanks, invisible marks and kinds of dashes do not make another. */
const normalized = (receipt: string): string =>
  receipt
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{White_Space}]/gu, '')
    .replace(/\p{Pd}/gu, '-')
    .toUpperCase();

/** Remembers which payment receipts of a commune were used. */
export function createReceipts(connection: Connection): Store['receipts'] {
  const receipts = defineCollection<{ _id: string; commune: string; receipt: string }>(
    connection,
    'receipts',
    { _id: text, commune: text, receipt: text },
    [],
  );

  return {
    reserve: (tx, commune, receipt) =>
      refusingDuplicates(
        receipts.insert([{ _id: `${commune}:${normalized(receipt)}`, commune, receipt }], tx),
        'RECEIPT_ALREADY_USED',
        { commune, receipt },
      ),
  };
}

import type { Connection } from 'mongoose';
import { date, defineCollection, number, text } from './collection.ts';
import { isDuplicateKey } from './mongoErrors.ts';
import type { Store } from './store.ts';

const FORGOTTEN_AFTER_MS = 24 * 60 * 60 * 1000;

/** Counts failed sign-ins, so that guessing passwords slows down on whichever node it is tried. */
export function createAttempts(connection: Connection): Store['attempts'] {
  const attempts = defineCollection<{ _id: string; failures: number; lastAt: number; purgeAt: Date }>(
    connection,
    'attempts',
    { _id: text, failures: number, lastAt: number, purgeAt: date },
    [[{ purgeAt: 1 }, { expireAfterSeconds: 0 }]],
  );

  return {
    async find(key) {
      const record = await attempts.findOne({ _id: key });
      return { failures: record?.failures ?? 0, lastAt: record?.lastAt ?? 0 };
    },

    async count(key, seen, at) {
      const purgeAt = new Date(at + FORGOTTEN_AFTER_MS);
      if (seen === 0) {
        try {
          await attempts.insert([{ _id: key, failures: 1, lastAt: at, purgeAt }]);
          return true;
        } catch (error) {
          if (isDuplicateKey(error)) return false;
          throw error;
        }
      }
      const update = { $set: { lastAt: at, purgeAt }, $inc: { failures: 1 } };
      return attempts.updateOne({ _id: key, failures: seen }, update);
    },

    async clear(key) {
      await attempts.removeMany({ _id: key });
    },
  };
}

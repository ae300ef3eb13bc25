import type { Connection } from 'mongoose';
import type { Timer } from '../domain/process.ts';
import { type Collection, defineCollection, fromRecord, number, type Stored, text } from './collection.ts';

export type TimerRecord = Stored<Timer>;

/** Declares where waiting timers are kept; one that fired or was cancelled is gone. */
export function timerCollection(connection: Connection): Collection<TimerRecord> {
  return defineCollection<TimerRecord>(
    connection,
    'timers',
    {
      _id: text,
      instance: text,
      dossier: text,
      flowNode: text,
      token: text,
      dueAt: number,
      leasedUntil: number,
    },
    [[{ dueAt: 1, leasedUntil: 1 }], [{ instance: 1, dueAt: 1 }]],
  );
}

/** Leases timers that are due in business time; those that another node takes meanwhile are left to it. */
export async function claimTimers(
  timers: Collection<TimerRecord>,
  due: { now: number; realNow: number; leaseMs: number; limit: number; instance: string | undefined },
): Promise<Timer[]> {
  const { now, realNow, leaseMs, limit, instance } = due;
  const free = { leasedUntil: { $lte: realNow } };
  const ready = { ...(instance === undefined ? {} : { instance }), dueAt: { $lte: now }, ...free };
  const candidates = await timers.find(ready, { sort: { dueAt: 1 }, limit });
  const claims = candidates.map(({ _id }) =>
    timers.take({ _id, ...free }, { $set: { leasedUntil: realNow + leaseMs } }),
  );
  const claimed = await Promise.all(claims);
  return claimed.filter((record) => record !== null).map((record) => fromRecord<Timer>(record));
}

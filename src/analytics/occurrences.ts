import { elapsedSeconds } from '../domain/legalTime/intervals.ts';
import type { WorkingTime } from '../domain/legalTime/workingTime.ts';
import { breatheEvery } from './breathe.ts';

/** One occurrence of a step, as far as its length can be told. */
export interface LastingStep {
  id: string;
  /** Code of the commune. */
  territory: string;
  startedAt: number;
  /** Null while it is open: it has lasted until now. */
  endedAt: number | null;
}

/** How long an occurrence took, or has lasted so far. */
export type Lasting<T> = T & { elapsedSeconds: number; workingSeconds: number };

export interface LongestOptions {
  /** Which of the two durations they are ordered by. */
  clock: 'elapsed' | 'working';
  state: 'finished' | 'open';
  limit: number;
  /** Only those that come after this one. */
  after: { value: number; id: string } | null;
  /** Until when open ones have lasted. */
  now: number;
  /** Milliseconds for which it may hold the node at a stretch; default 3. */
  holdMs?: number;
}

/**
 * Finds the occurrences that took longest, longest first (then by identifier), from a stream of any length: it keeps no
 * more than are asked for, and measures with the same two clocks as `stepMeasures`.
 */
export async function longestOccurrences<T extends LastingStep>(
  occurrences: AsyncIterable<T>,
  workingTimeOf: (territory: string) => WorkingTime,
  { clock, state, limit, after, now, holdMs = 3 }: LongestOptions,
): Promise<{ items: Lasting<T>[]; hasMore: boolean }> {
  const breathe = breatheEvery(holdMs);
  const kept: Lasting<T>[] = [];
  const lengthOf = (step: Lasting<T>): number =>
    clock === 'elapsed' ? step.elapsedSeconds : step.workingSeconds;
  const order = (a: Lasting<T>, b: Lasting<T>): number =>
    lengthOf(b) - lengthOf(a) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  let hasMore = false;
  let seen = 0;
  for await (const step of occurrences) {
    if (++seen % 256 === 0) await breathe();
    if ((step.endedAt === null) !== (state === 'open')) continue;
    const end = step.endedAt ?? Math.max(now, step.startedAt);
    const lasting: Lasting<T> = {
      ...step,
      elapsedSeconds: elapsedSeconds(step.startedAt, end),
      workingSeconds: workingTimeOf(step.territory).workingSeconds(step.startedAt, end),
    };
    if (after !== null) {
      const value = lengthOf(lasting);
      if (value > after.value || (value === after.value && lasting.id <= after.id)) continue;
    }
    const last = kept.at(-1);
    if (kept.length === limit && last !== undefined) {
      hasMore = true;
      if (order(lasting, last) >= 0) continue;
      kept.pop();
    }
    kept.splice(placeOf(kept, lasting, order), 0, lasting);
  }
  return { items: kept, hasMore };
}

function placeOf<T>(sorted: readonly T[], item: T, order: (a: T, b: T) => number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (order(item, sorted[middle] as T) < 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

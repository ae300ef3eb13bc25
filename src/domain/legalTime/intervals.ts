import type { WorkingTime } from './workingTime.ts';

/** A stretch of time, UTC epoch milliseconds. */
export interface Interval {
  from: number;
  to: number;
}

/** Seconds on the wall clock between two instants, counted like working seconds. @throws RangeError when `to` is before `from` */
export function elapsedSeconds(from: number, to: number): number {
  // Written so that NaN is refused too.
  if (!(to >= from)) throw new RangeError(`The interval ends (${to}) before it begins (${from})`);
  return Math.floor(to / 1000) - Math.floor(from / 1000);
}

/**
 * Working seconds over the stretches in which a clock ran, pauses being the gaps between them.
 * @throws RangeError unless the intervals are in order and do not overlap, since time would be counted twice
 */
export function workingSecondsOf(workingTime: WorkingTime, intervals: Iterable<Interval>): number {
  let sum = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const { from, to } of intervals) {
    if (from < end)
      throw new RangeError(`The interval from ${from} begins before the one before it ends (${end})`);
    sum += workingTime.workingSeconds(from, to);
    end = to;
  }
  return sum;
}

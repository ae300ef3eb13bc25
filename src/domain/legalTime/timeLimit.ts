/** A legal time limit as procedures write it. */
export interface TimeLimit {
  /** ISO 8601 duration: `P2D`, `PT4H` in either calendar; also `P2W`, `P6M`, `P1Y` in calendar days. */
  amount: string;
  calendar: 'workingDays' | 'calendarDays';
}

/** A time limit read: whole days and months, or a time of the clock. */
export type LimitAmount = { kind: 'days'; months: number; days: number } | { kind: 'time'; seconds: number };

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/**
 * Reads and checks a time limit.
 * @throws RangeError when it is no ISO 8601 duration, is zero, mixes days and hours, or counts working days in weeks,
 * months or years
 */
export function parseTimeLimit(limit: TimeLimit): LimitAmount {
  if (limit.calendar !== 'workingDays' && limit.calendar !== 'calendarDays') {
    throw new RangeError(
      `"${String(limit.calendar)}" is no calendar of a time limit: workingDays or calendarDays`,
    );
  }
  const match = DURATION.exec(limit.amount);
  if (!match)
    throw new RangeError(`"${limit.amount}" is not an ISO 8601 duration of whole units, such as P2D or PT4H`);
  const part = (index: number): number => Number(match[index] ?? 0);
  const months = part(1) * 12 + part(2);
  const days = part(3) * 7 + part(4);
  const seconds = part(6) * 3600 + part(7) * 60 + part(8);
  if (months + days + seconds === 0) throw new RangeError(`"${limit.amount}" is a time limit of no length`);
  if (match[5] !== undefined) {
    if (months + days > 0)
      throw new RangeError(`"${limit.amount}" mixes days and hours: a time limit has one or the other`);
    return { kind: 'time', seconds };
  }
  if (limit.calendar === 'workingDays' && (months > 0 || match[3] !== undefined)) {
    throw new RangeError(
      `"${limit.amount}" cannot be counted in working days: give days (P5D) or hours (PT4H)`,
    );
  }
  return { kind: 'days', months, days };
}

import { addMonths, formatDate, parseDate } from './localDate.ts';
import { parseTimeLimit, type TimeLimit } from './timeLimit.ts';
import type { WorkingTime } from './workingTime.ts';

/** Choices that the texts leave open; the defaults are ours to be confirmed by a jurist. */
export interface DeadlineOptions {
  /** Counts the local day of the starting event as the first day; by default counting begins the day after. */
  countStartDay?: boolean;
  /** What becomes of a calendar-day limit that ends on a day off: kept as it is (default), or carried to the next working day. */
  endOnDayOff?: 'keep' | 'nextWorkingDay';
}

/**
 * The instant before which something must be done to be in time.
 * - `workingDays`, `P<n>D`: office hours' close on the nth working day; `PT<n>H`: after n hours of office hours.
 * - `calendarDays`, days or months: 24:00 local of the last day, that is the first instant of the day after it;
 *   `PT<n>H`: n hours later on the clock, whatever the calendar says.
 * @throws RangeError when the limit cannot be read, or ends outside the years of the calendars
 */
export function deadline(
  workingTime: WorkingTime,
  start: number,
  limit: TimeLimit,
  options: DeadlineOptions = {},
): number {
  const amount = parseTimeLimit(limit);
  if (amount.kind === 'time') {
    if (limit.calendar === 'workingDays') return workingTime.addWorkingSeconds(start, amount.seconds);
    return start + amount.seconds * 1000;
  }
  // One day back, so that the day of the event is met first.
  const eve = parseDate(workingTime.localDateOf(start)) - (options.countStartDay ? 1 : 0);
  if (limit.calendar === 'workingDays') return nthClose(workingTime, eve, amount.days);
  let last = addMonths(eve, amount.months) + amount.days;
  if (options.endOnDayOff === 'nextWorkingDay') {
    while (!workingTime.isWorkingDay(formatDate(last))) last++;
  }
  return workingTime.startOfDay(formatDate(last + 1));
}

function nthClose(workingTime: WorkingTime, eve: number, count: number): number {
  let day = eve;
  for (let left = count; ; ) {
    day++;
    const close = workingTime.closeOfDay(formatDate(day));
    if (close !== null && --left === 0) return close;
  }
}

const DAY_MS = 86_400_000;

/** Days from 1970-01-01 to a civil date; what calendars count with, free of any zone. */
export function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/**
 * Reads a local date `YYYY-MM-DD` into its day number.
 * @throws RangeError when the text is no date of the calendar, such as 2026-02-30
 */
export function parseDate(date: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (match) {
    const number = dayNumber(Number(match[1]), Number(match[2]), Number(match[3]));
    if (formatDate(number) === date) return number;
  }
  throw new RangeError(`"${date}" is not a date YYYY-MM-DD`);
}

/** Writes a day number as `YYYY-MM-DD`. */
export function formatDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** ISO weekday of a day number: 1 Monday to 7 Sunday. */
export function weekday(day: number): number {
  // 1970-01-01 was a Thursday.
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The same day of the month some months later; the last day of a shorter month (31 January + 1 month = 28 February). */
export function addMonths(day: number, months: number): number {
  const date = new Date(day * DAY_MS);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + 1 + months;
  const lastOfMonth = dayNumber(year, month + 1, 1) - 1;
  return Math.min(dayNumber(year, month, date.getUTCDate()), lastOfMonth);
}

import { type Calendar, CalendarError, type OfficeHours } from './calendar.ts';
import { parseDate } from './localDate.ts';
import { parseTime } from './officeHours.ts';
import { isZone } from './zone.ts';

/**
 * Refuses a calendar that contradicts itself; its shape is taken for granted.
 * @throws CalendarError for an unknown zone, a date or time that does not exist, hours or Ramadans that overlap, a
 * holiday or closure given twice, or a week without a working day
 */
export function checkCalendar(calendar: Calendar): void {
  const refuse = (message: string, cause?: unknown): never => {
    throw new CalendarError(`Calendar ${calendar.id}: ${message}`, { cause });
  };
  const read = <T>(what: string, reading: () => T): T => {
    try {
      return reading();
    } catch (error) {
      return refuse(`${what}: ${(error as Error).message}`, error);
    }
  };
  if (!isZone(calendar.zone)) refuse(`"${calendar.zone}" is not a known time zone`);
  if (new Set(calendar.weeklyRest).size >= 7) refuse('every day of the week is a day of rest');
  for (const name of ['hours', 'ramadanHours'] as const) {
    const problem = read(name, () => problemOfHours(calendar[name]));
    if (problem) refuse(`${name}: ${problem}`);
  }
  checkPeriod('covers', calendar.covers);
  checkRamadans();
  refuseTwice(
    'holiday',
    calendar.holidays.map(({ date, name }) => `${date} ${name.fr}`),
  );
  refuseTwice(
    'closure',
    calendar.closures.map(({ date, territory }) => `${date} in ${territory}`),
  );
  for (const { date, name } of calendar.holidays) read(`holiday ${name.fr}`, () => parseDate(date));
  for (const { date, name } of calendar.closures) read(`closure ${name.fr}`, () => parseDate(date));

  function checkPeriod(what: string, { from, to }: { from: string; to: string }): number {
    const days = read(what, () => parseDate(to) - parseDate(from)) + 1;
    if (days < 1) refuse(`${what} ends on ${to}, before it begins on ${from}`);
    return days;
  }

  function checkRamadans(): void {
    const months = [...calendar.ramadan].sort((a, b) => (a.from < b.from ? -1 : 1));
    for (const [index, month] of months.entries()) {
      const days = checkPeriod(`Ramadan from ${month.from}`, month);
      if (days !== 29 && days !== 30) refuse(`Ramadan from ${month.from} lasts ${days} days, not 29 or 30`);
      const before = months[index - 1];
      if (before && before.to >= month.from)
        refuse(`Ramadan from ${month.from} overlaps the one from ${before.from}`);
    }
  }

  function refuseTwice(what: string, keys: string[]): void {
    const twice = keys.find((key, index) => keys.indexOf(key) !== index);
    if (twice !== undefined) refuse(`${what} given twice: ${twice}`);
  }
}

function problemOfHours(hours: OfficeHours[]): string | null {
  if (hours.length === 0) return 'no opening is given';
  let end = -1;
  for (const { from, to } of hours) {
    const opens = parseTime(from);
    const closes = parseTime(to);
    if (closes <= opens) return `the offices close at ${to}, not after they open at ${from}`;
    if (opens <= end) return `the opening at ${from} overlaps or adjoins the one before it`;
    end = closes;
  }
  return null;
}

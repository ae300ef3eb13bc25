import { territoryCovers } from '../party.ts';
import type { Calendar, OfficeHours } from './calendar.ts';
import { parseDate, weekday } from './localDate.ts';

/** One opening in seconds of the local day. */
export interface Opening {
  from: number;
  to: number;
}

/** Gives the openings of a local day (by day number), in order; none on a day off. */
export type OpeningsOf = (day: number) => readonly Opening[];

/** The rule by which a calendar opens the offices of a territory; with null only nation-wide closures count. */
export function openingsOf(calendar: Calendar, territory: string | null): OpeningsOf {
  const rest = new Set(calendar.weeklyRest);
  const closed = new Set(calendar.holidays.map((holiday) => parseDate(holiday.date)));
  for (const closure of closuresFor(calendar, territory)) closed.add(parseDate(closure.date));
  const ramadan = calendar.ramadan.map(({ from, to }) => ({ from: parseDate(from), to: parseDate(to) }));
  const usual = calendar.hours.map(toOpening);
  const fasting = calendar.ramadanHours.map(toOpening);
  return (day) => {
    if (rest.has(weekday(day)) || closed.has(day)) return [];
    return ramadan.some(({ from, to }) => from <= day && day <= to) ? fasting : usual;
  };
}

/** The closures of a calendar that shut the offices of a territory. */
export function closuresFor(calendar: Calendar, territory: string | null): Calendar['closures'] {
  return calendar.closures.filter((closure) =>
    territory === null ? closure.territory === '*' : territoryCovers(closure.territory, territory),
  );
}

/**
 * Reads `HH:MM` (up to `24:00`) into seconds of the day.
 * @throws RangeError when the text is no time of day
 */
export function parseTime(time: string): number {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time);
  const seconds = match ? Number(match[1]) * 3600 + Number(match[2]) * 60 : Number.NaN;
  if (!(seconds <= 86_400)) throw new RangeError(`"${time}" is not a time of day HH:MM`);
  return seconds;
}

function toOpening({ from, to }: OfficeHours): Opening {
  return { from: parseTime(from), to: parseTime(to) };
}

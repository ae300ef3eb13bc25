import type { Calendar } from './calendar.ts';
import { DayTable, FIRST_DAY } from './dayTable.ts';
import { formatDate, parseDate } from './localDate.ts';
import { closuresFor, openingsOf } from './officeHours.ts';

/**
 * A calendar made ready to measure with. Instants are UTC epoch milliseconds, counted by whole seconds (floor), so that
 * adjoining intervals add up exactly. Every method throws RangeError outside the years 2015 to 2040.
 */
export interface WorkingTime {
  readonly calendar: Calendar;
  /** Territory whose closures count; null: only nation-wide ones. */
  readonly territory: string | null;
  /** Seconds of office hours from one instant to a later one. @throws RangeError when `to` is before `from` */
  workingSeconds(from: number, to: number): number;
  /** First instant at which that many seconds of office hours have passed since `start`. */
  addWorkingSeconds(start: number, seconds: number): number;
  /** Tells whether the offices open on a local date `YYYY-MM-DD`. */
  isWorkingDay(localDate: string): boolean;
  /** Local date `YYYY-MM-DD` on which an instant falls. */
  localDateOf(instant: number): string;
  /** Instant at which a local date begins. */
  startOfDay(localDate: string): number;
  /** Instant at which the offices close on a local date; null on a day off. */
  closeOfDay(localDate: string): number | null;
  /** Tells whether moving holidays and Ramadan are recorded for the whole interval; if not, its figure is provisional. */
  covers(from: number, to: number): boolean;
}

/** Makes a calendar ready to measure with, for a territory and its closures; years are tabulated when first used. */
export function openCalendar(calendar: Calendar, territory: string | null = null): WorkingTime {
  const openings = openingsOf(calendar, territory);
  const table = new DayTable(calendar, openings);
  const localDateOf = (instant: number): string => formatDate(FIRST_DAY + table.indexOf(toSecond(instant)));
  return {
    calendar,
    territory,
    workingSeconds(from, to) {
      if (to < from) throw new RangeError(`The interval ends (${to}) before it begins (${from})`);
      return table.at(toSecond(to)) - table.at(toSecond(from));
    },
    addWorkingSeconds(start, seconds) {
      if (!Number.isSafeInteger(seconds) || seconds < 0) {
        throw new RangeError(`Working time to add must be whole seconds from 0, not ${seconds}`);
      }
      const second = toSecond(start);
      const reached = table.at(second) + seconds;
      return (seconds === 0 ? second : table.reach(table.indexOf(second), reached)) * 1000;
    },
    isWorkingDay: (localDate) => {
      const day = parseDate(localDate);
      table.indexOfDay(day);
      return openings(day).length > 0;
    },
    localDateOf,
    startOfDay: (localDate) => table.startOf(table.indexOfDay(parseDate(localDate))) * 1000,
    closeOfDay(localDate) {
      const close = table.closeOf(table.indexOfDay(parseDate(localDate)));
      return close === null ? null : close * 1000;
    },
    covers: (from, to) => localDateOf(from) >= calendar.covers.from && localDateOf(to) <= calendar.covers.to,
  };
}

/** Opens a calendar for any territory; territories that share their closures share one table. */
export function openCalendarByTerritory(calendar: Calendar): (territory: string) => WorkingTime {
  const byTerritory = new Map<string, WorkingTime>();
  const byClosures = new Map<string, WorkingTime>();
  return (territory) => {
    let opened = byTerritory.get(territory);
    if (!opened) {
      const key = closuresFor(calendar, territory)
        .map(({ date }) => date)
        .sort()
        .join();
      const shared = byClosures.get(key) ?? openCalendar(calendar, territory);
      byClosures.set(key, shared);
      opened = { ...shared, territory };
      byTerritory.set(territory, opened);
    }
    return opened;
  };
}

function toSecond(instant: number): number {
  return Math.floor(instant / 1000);
}

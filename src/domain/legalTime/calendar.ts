import type { LocalizedText } from '../json.ts';

/** First and last local year that working time is computed for; instants outside are refused. */
export const FIRST_YEAR = 2015;
export const LAST_YEAR = 2040;

/**
 * How sure a date is: `official` by law or decree, `announced` by the authority that sights the moon, `tentative` when
 * only computed. An administrator turns a tentative date into an announced one by publishing a new calendar version.
 */
export const DATE_STATUSES = ['official', 'announced', 'tentative'] as const;
export type DateStatus = (typeof DATE_STATUSES)[number];

/** One opening of the offices, local wall time `HH:MM`; `to` may be `24:00`. */
export interface OfficeHours {
  from: string;
  to: string;
}

/** One day off by law; a holiday of two days is two entries. */
export interface Holiday {
  /** Local date, `YYYY-MM-DD`. */
  date: string;
  name: Required<LocalizedText>;
  /** `fixed` in the civil year, or `moving` with the Hijri year. */
  kind: 'fixed' | 'moving';
  source: string;
  status: DateStatus;
  /** What remains to be confirmed. */
  doubt?: string;
}

/** The month in which the offices keep `ramadanHours`; both dates included. */
export interface RamadanPeriod {
  from: string;
  to: string;
  source: string;
  status: DateStatus;
  doubt?: string;
}

/** A day on which the offices of one territory (commune, province, region, or `*`) are closed. */
export interface Closure {
  territory: string;
  date: string;
  name: LocalizedText;
  source: string;
}

/** Where a rule of the calendar comes from, and what is uncertain about it. */
export interface Ground {
  source: string;
  doubt?: string;
}

/** When the offices of an administration are at work: versioned data, never code. */
export interface Calendar {
  id: string;
  /** Kept with every figure computed from it. */
  version: string;
  name: LocalizedText;
  /** IANA zone; Morocco leaves UTC+1 during Ramadan, so an offset would be wrong. */
  zone: string;
  /** Days for which moving holidays and Ramadan have been entered; figures outside know only fixed holidays. */
  covers: { from: string; to: string };
  /** ISO weekdays, 1 Monday to 7 Sunday. */
  weeklyRest: number[];
  hours: OfficeHours[];
  ramadanHours: OfficeHours[];
  ramadan: RamadanPeriod[];
  holidays: Holiday[];
  closures: Closure[];
  grounds: { weeklyRest: Ground; hours: Ground; ramadanHours: Ground };
}

/** Thrown when a calendar contradicts itself or is not readable; the message names the entry. */
export class CalendarError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CalendarError';
  }
}

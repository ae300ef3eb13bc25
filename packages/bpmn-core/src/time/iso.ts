import { ModelError } from '../errors.ts';
import type { TimerSpec } from '../types.ts';

const DURATION =
  /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;
/** The last instant that ECMAScript can tell. */
const END_OF_TIME = 8.64e15;

/** Adds an ISO 8601 duration to an instant, in UTC; months keep the day where the month has it. @throws ModelError */
export function addDuration(at: number, text: string): number {
  const match = DURATION.exec(text);
  if (!match) throw new ModelError('TIMER_INVALID', `"${text}" is not an ISO 8601 duration`);
  const [years, months, weeks, days, hours, minutes, seconds] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const shifted = addMonths(at, 12 * (years ?? 0) + (months ?? 0));
  const whole =
    (7 * (weeks ?? 0) + (days ?? 0)) * 86_400 + (hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0);
  const due = shifted + Math.round(1_000 * whole);
  if (!(due <= END_OF_TIME)) throw new ModelError('TIMER_INVALID', `"${text}" is too long`);
  return due;
}

function addMonths(at: number, months: number): number {
  if (months === 0) return at;
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

/** Reads an ISO 8601 date or date-time as epoch milliseconds; without an offset it is UTC. @throws ModelError */
export function parseDate(text: string): number {
  const match = DATE.exec(text);
  const at = match ? Date.parse(match[4] && !match[7] ? `${text}Z` : text) : Number.NaN;
  const day = match
    ? new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))).getUTCDate()
    : 0;
  if (Number.isNaN(at) || day !== Number(match?.[3])) {
    throw new ModelError('TIMER_INVALID', `"${text}" is not an ISO 8601 date`);
  }
  return at;
}

/** A repeating interval: its first date if it names one, how often it fires (-1 without end), its interval. */
export interface Cycle {
  readonly start: string | null;
  readonly times: number;
  readonly every: string;
}

/** Reads an ISO 8601 repeating interval such as `R3/PT1H` or `R/2026-01-01T00:00:00Z/P1D`. @throws ModelError */
export function parseCycle(text: string): Cycle {
  const parts = text.split('/');
  const times = /^R(\d*)$/.exec(parts[0] ?? '');
  const every = parts.at(-1);
  if (!times || every === undefined || parts.length < 2 || parts.length > 3 || Number(times[1] || 1) === 0) {
    throw new ModelError('TIMER_INVALID', `"${text}" is not an ISO 8601 repeating interval such as R3/PT1H`);
  }
  if (addDuration(0, every) === 0)
    throw new ModelError('TIMER_INVALID', `"${text}" repeats without end at once`);
  const start = parts.length === 3 ? (parts[1] ?? '') : null;
  if (start !== null) parseDate(start);
  return { start, times: times[1] ? Number(times[1]) : -1, every };
}

/** When a timer is (first) due by the plain calendar, in epoch milliseconds. @throws ModelError if the text is not ISO 8601. */
export function isoTimerDue(timer: TimerSpec, now: number): number {
  if (timer.kind === 'date') return parseDate(timer.value);
  if (timer.kind === 'duration') return addDuration(now, timer.value);
  const cycle = parseCycle(timer.value);
  return cycle.start === null ? addDuration(now, cycle.every) : parseDate(cycle.start);
}

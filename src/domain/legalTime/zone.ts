import { Temporal } from 'temporal-polyfill';
import { dayNumber, formatDate } from './localDate.ts';

const DAY = 86_400;

/** Turns a local day and second of day into UTC epoch seconds. */
export type LocalToInstant = (day: number, secondOfDay: number) => number;

/** A stretch of epoch seconds over which the zone keeps one offset. */
interface Span {
  from: number;
  to: number;
  offset: number;
}

/** Tells whether the runtime knows an IANA zone by this name. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * Conversion of local times of one year. Days near a switch of the clock are left to the zone database, which moves a
 * skipped time forward and takes the first of a repeated one; on all other days the offset is merely subtracted.
 */
export function localTimesOf(zone: string, year: number): LocalToInstant {
  const spans = offsetSpans(zone, dayNumber(year, 1, 1) - 3, dayNumber(year + 1, 1, 1) + 3);
  return (day, secondOfDay) => {
    const local = day * DAY + secondOfDay;
    // Offsets stay below a day, so a span with a day to spare on both sides surely contains the instant.
    const span = spans.find(({ from, to }) => local - DAY >= from && local + DAY < to);
    return span ? local - span.offset : exactInstant(zone, day, secondOfDay);
  };
}

/** UTC epoch seconds at which a local day begins. */
export function startOfLocalDay(zone: string, day: number): number {
  return exactInstant(zone, day, 0);
}

function exactInstant(zone: string, day: number, secondOfDay: number): number {
  const instant = Temporal.PlainDateTime.from(formatDate(day + Math.floor(secondOfDay / DAY)))
    .add({ seconds: secondOfDay % DAY })
    .toZonedDateTime(zone);
  return instant.epochMilliseconds / 1000;
}

function offsetSpans(zone: string, fromDay: number, toDay: number): Span[] {
  const end = toDay * DAY;
  const spans: Span[] = [];
  let from = fromDay * DAY;
  let at = Temporal.Instant.fromEpochMilliseconds(from * 1000).toZonedDateTimeISO(zone);
  while (from < end) {
    const next = at.getTimeZoneTransition('next');
    const to = next ? Math.min(next.epochMilliseconds / 1000, end) : end;
    spans.push({ from, to, offset: at.offsetNanoseconds / 1e9 });
    if (!next) break;
    at = next;
    from = to;
  }
  return spans;
}

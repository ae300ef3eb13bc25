import { type Calendar, FIRST_YEAR, LAST_YEAR } from './calendar.ts';
import { dayNumber, formatDate } from './localDate.ts';
import type { OpeningsOf } from './officeHours.ts';
import { localTimesOf, startOfLocalDay } from './zone.ts';

const DAY = 86_400;

/** Day number of the first local day of the table. */
export const FIRST_DAY = dayNumber(FIRST_YEAR, 1, 1);
const DAYS = dayNumber(LAST_YEAR + 1, 1, 1) - FIRST_DAY;

/**
 * Cumulative working seconds per local day, so that any interval costs two look-ups. Years are filled when first asked
 * for; what is filled is always one unbroken run of years, whose sums count from the first year filled.
 */
export class DayTable {
  readonly #zone: string;
  readonly #openings: OpeningsOf;
  readonly #width: number;
  /** Epoch seconds at which each day begins; one more for the end of the last. */
  readonly #start = new Float64Array(DAYS + 1);
  /** Working seconds before each day, from the origin; negative before it. */
  readonly #before = new Int32Array(DAYS + 1);
  /** Openings in seconds after the day's start, and their lengths; a length of 0 is no opening. */
  readonly #open: Int32Array;
  readonly #length: Int32Array;
  readonly #rangeStart: number;
  readonly #rangeEnd: number;
  #firstYear = 0;
  #lastYear = -1;
  #firstFilled = 0;
  #endFilled = 0;

  constructor(calendar: Calendar, openings: OpeningsOf) {
    this.#zone = calendar.zone;
    this.#openings = openings;
    this.#width = Math.max(calendar.hours.length, calendar.ramadanHours.length);
    this.#open = new Int32Array(DAYS * this.#width);
    this.#length = new Int32Array(DAYS * this.#width);
    this.#rangeStart = startOfLocalDay(this.#zone, FIRST_DAY);
    this.#rangeEnd = startOfLocalDay(this.#zone, FIRST_DAY + DAYS);
  }

  /** Index of the local day that contains an instant, in epoch seconds. */
  indexOf(second: number): number {
    // The UTC date is the local date or a neighbour of it.
    const index = Math.floor(second / DAY) - FIRST_DAY;
    if (index > this.#firstFilled && index < this.#endFilled - 1) return this.#nearest(index, second);
    if (!(second >= this.#rangeStart && second < this.#rangeEnd)) throw outOfRange(second);
    for (const day of [index - 1, index, index + 1]) if (day >= 0 && day < DAYS) this.fill(day);
    return this.#nearest(Math.min(Math.max(index, 0), DAYS - 1), second);
  }

  #nearest(index: number, second: number): number {
    if (second < this.#startOf(index)) return index - 1;
    return second < this.#startOf(index + 1) ? index : index + 1;
  }

  /** Index of a day by its day number. */
  indexOfDay(day: number): number {
    const index = day - FIRST_DAY;
    if (!(index >= 0 && index < DAYS)) {
      throw new RangeError(
        `${formatDate(day)} is outside the years ${FIRST_YEAR} to ${LAST_YEAR} of the calendars`,
      );
    }
    this.fill(index);
    return index;
  }

  /** Working seconds from the origin to an instant, in epoch seconds. */
  at(second: number): number {
    const index = this.indexOf(second);
    const elapsed = (second - this.#startOf(index)) | 0;
    let sum = this.#before[index] as number;
    const end = (index + 1) * this.#width;
    for (let k = index * this.#width; k < end; k++) {
      sum += clamp(elapsed - (this.#open[k] as number), this.#length[k] as number);
    }
    return sum;
  }

  /** First instant, in epoch seconds and after day `from` began, at which the sum reaches `target`. */
  reach(from: number, target: number): number {
    while ((this.#before[this.#endFilled] as number) < target) {
      if (this.#endFilled === DAYS) throw outOfRange(this.#rangeEnd);
      this.fill(this.#endFilled);
    }
    let low = from;
    let high = this.#endFilled - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#before[middle + 1] as number) < target) low = middle + 1;
      else high = middle;
    }
    let missing = target - (this.#before[low] as number);
    let k = low * this.#width;
    for (;;) {
      const length = this.#length[k] as number;
      if (missing <= length) return this.#startOf(low) + (this.#open[k] as number) + missing;
      missing -= length;
      k++;
    }
  }

  /** Epoch second at which a day begins. */
  startOf(index: number): number {
    this.fill(index);
    return this.#startOf(index);
  }

  /** Epoch second at which the offices close for the day; null when they do not open. */
  closeOf(index: number): number | null {
    this.fill(index);
    let last: number | null = null;
    for (let k = index * this.#width; k < (index + 1) * this.#width; k++) {
      const length = this.#length[k] as number;
      if (length > 0) last = this.#startOf(index) + (this.#open[k] as number) + length;
    }
    return last;
  }

  #startOf(index: number): number {
    return this.#start[index] as number;
  }

  /** Fills the years up to the one of a day, unless they are. */
  fill(index: number): void {
    if (index >= this.#firstFilled && index < this.#endFilled) return;
    const year = Number(formatDate(FIRST_DAY + index).slice(0, 4));
    if (this.#endFilled === this.#firstFilled) {
      this.#firstYear = year;
      this.#lastYear = year - 1;
      this.#firstFilled = this.#endFilled = dayNumber(year, 1, 1) - FIRST_DAY;
    }
    while (this.#lastYear < year) this.#append(++this.#lastYear);
    while (this.#firstYear > year) this.#prepend(--this.#firstYear);
  }

  #append(year: number): void {
    const end = dayNumber(year + 1, 1, 1) - FIRST_DAY;
    const total = this.#fillYear(year);
    for (let index = this.#endFilled; index < end; index++) {
      this.#before[index + 1] = (this.#before[index] as number) + (total[index - this.#endFilled] as number);
    }
    this.#endFilled = end;
  }

  #prepend(year: number): void {
    const first = dayNumber(year, 1, 1) - FIRST_DAY;
    const total = this.#fillYear(year);
    for (let index = this.#firstFilled - 1; index >= first; index--) {
      this.#before[index] = (this.#before[index + 1] as number) - (total[index - first] as number);
    }
    this.#firstFilled = first;
  }

  /** Writes starts and openings of a year; answers the working seconds of each of its days. */
  #fillYear(year: number): Int32Array {
    const instantOf = localTimesOf(this.#zone, year);
    const first = dayNumber(year, 1, 1);
    const end = dayNumber(year + 1, 1, 1);
    const totals = new Int32Array(end - first);
    for (let day = first; day < end; day++) {
      const index = day - FIRST_DAY;
      const start = instantOf(day, 0);
      this.#start[index] = start;
      let k = index * this.#width;
      for (const { from, to } of this.#openings(day)) {
        const open = instantOf(day, from) - start;
        // An opening that the switch of the clock skips whole has no length.
        const length = Math.max(0, instantOf(day, to) - start - open);
        this.#open[k] = open;
        this.#length[k] = length;
        totals[day - first] = (totals[day - first] as number) + length;
        k++;
      }
    }
    this.#start[end - FIRST_DAY] = instantOf(end, 0);
    return totals;
  }
}

/**
 * The integer nearest to `value` from 0 to `most`. With masks of the sign bit instead of branches, since on random instants
 * the processor guesses half of the branches wrong: this halves the time of a look-up.
 */
function clamp(value: number, most: number): number {
  const positive = value & ~(value >> 31);
  const excess = (positive - most) | 0;
  return most + (excess & (excess >> 31));
}

function outOfRange(second: number): RangeError {
  const at =
    Number.isFinite(second) && Math.abs(second) < 8.64e12 ? new Date(second * 1000).toISOString() : second;
  return new RangeError(`${at} is outside the years ${FIRST_YEAR} to ${LAST_YEAR} of the calendars`);
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import {
  type Calendar,
  CalendarError,
  DATE_STATUSES,
  FIRST_YEAR,
  type Holiday,
  LAST_YEAR,
} from '../domain/legalTime/calendar.ts';
import { checkCalendar } from '../domain/legalTime/checkCalendar.ts';

/** A holiday as the file gives it: one date, or a day of every year (`MM-DD`) since a year and, if repealed, until one. */
type HolidayEntry = Omit<Holiday, 'date'> & { date?: string; day?: string; since?: number; until?: number };

/** The content of `<dir>/<id>.json`. */
type CalendarFile = Omit<Calendar, 'holidays'> & { holidays: HolidayEntry[] };

const text = { type: 'string', minLength: 1 };
const date = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const time = { type: 'string', pattern: '^\\d{2}:\\d{2}$' };
const names = closed({ ar: text, fr: text, en: text });
const ground = closed({ source: text, doubt: text }, ['doubt']);
const openings = { type: 'array', items: closed({ from: time, to: time }) };
const status = { enum: DATE_STATUSES };

const SCHEMA = closed({
  id: text,
  version: text,
  name: names,
  zone: text,
  covers: closed({ from: date, to: date }),
  weeklyRest: { type: 'array', uniqueItems: true, items: { type: 'integer', minimum: 1, maximum: 7 } },
  hours: openings,
  ramadanHours: openings,
  ramadan: {
    type: 'array',
    items: closed({ from: date, to: date, source: text, status, doubt: text }, ['doubt']),
  },
  holidays: {
    type: 'array',
    items: {
      ...closed(
        {
          date,
          day: { type: 'string', pattern: '^\\d{2}-\\d{2}$' },
          since: { type: 'integer' },
          until: { type: 'integer' },
          name: names,
          kind: { enum: ['fixed', 'moving'] },
          source: text,
          status,
          doubt: text,
        },
        ['date', 'day', 'since', 'until', 'doubt'],
      ),
      oneOf: [{ required: ['date'] }, { required: ['day', 'since'] }],
    },
  },
  closures: { type: 'array', items: closed({ territory: text, date, name: names, source: text }) },
  grounds: closed({ weeklyRest: ground, hours: ground, ramadanHours: ground }),
});

/**
 * Reads and checks one calendar of a folder of reference data.
 * @throws CalendarError when the file is missing or unreadable, holds anything unknown, or contradicts itself
 */
export async function loadCalendar(dir: string, id: string): Promise<Calendar> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) throw new CalendarError(`"${id}" is not the name of a calendar`);
  const path = join(dir, `${id}.json`);
  const file = await readCalendarFile(path);
  if (file.id !== id) throw new CalendarError(`${path}: the calendar calls itself "${file.id}"`);
  const calendar: Calendar = { ...file, holidays: file.holidays.flatMap(datesOf) };
  calendar.holidays.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  checkCalendar(calendar);
  return calendar;
}

async function readCalendarFile(path: string): Promise<CalendarFile> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new CalendarError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
  const ajv = new Ajv2020({ allErrors: true, strictRequired: false });
  const validate = ajv.compile<CalendarFile>(SCHEMA);
  if (!validate(content))
    throw new CalendarError(`${path}: ${ajv.errorsText(validate.errors, { dataVar: '' })}`);
  return content;
}

/** A yearly holiday becomes one dated holiday for each year that the calendars span. */
function datesOf({ date, day, since, until, ...holiday }: HolidayEntry): Holiday[] {
  if (date !== undefined) return [{ ...holiday, date }];
  const dated: Holiday[] = [];
  const last = Math.min(until ?? LAST_YEAR, LAST_YEAR);
  for (let year = Math.max(since as number, FIRST_YEAR); year <= last; year++) {
    dated.push({ ...holiday, date: `${year}-${day}` });
  }
  return dated;
}

/** A JSON Schema object that allows nothing beside its properties and requires all but the optional ones. */
function closed(properties: Record<string, unknown>, optional: string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', additionalProperties: false, properties, required };
}

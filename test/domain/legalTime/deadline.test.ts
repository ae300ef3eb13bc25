import { expect } from 'chai';
import fc from 'fast-check';
import { type DeadlineOptions, deadline } from '../../../src/domain/legalTime/deadline.ts';
import { parseTimeLimit, type TimeLimit } from '../../../src/domain/legalTime/timeLimit.ts';
import { openCalendar } from '../../../src/domain/legalTime/workingTime.ts';
import { aCalendar } from './aCalendar.ts';
import { dayAfter, slowWorkingTime } from './slowWorkingTime.ts';

describe('deadline', () => {
  const calendar = aCalendar();
  const workingTime = openCalendar(calendar);
  const local = (instant: number): string =>
    new Intl.DateTimeFormat('sv-SE', {
      timeZone: calendar.zone,
      dateStyle: 'short',
      timeStyle: 'short',
    }).format(instant);
  const until = (
    start: string,
    amount: string,
    unit: TimeLimit['calendar'],
    options?: DeadlineOptions,
  ): string => local(deadline(workingTime, Date.parse(start), { amount, calendar: unit }, options));

  const cases: [string, string, TimeLimit['calendar'], string, DeadlineOptions?][] = [
    // Monday 23 November 2026; the 6th and 18th are holidays.
    ['2026-11-23T10:00+01:00', 'P1D', 'workingDays', '2026-11-24 16:30'],
    ['2026-11-23T10:00+01:00', 'P2D', 'workingDays', '2026-11-25 16:30'],
    ['2026-11-23T10:00+01:00', 'P5D', 'workingDays', '2026-11-30 16:30'],
    ['2026-11-23T10:00+01:00', 'P1D', 'workingDays', '2026-11-23 16:30', { countStartDay: true }],
    ['2026-11-21T10:00+01:00', 'P1D', 'workingDays', '2026-11-23 16:30'],
    ['2026-11-21T10:00+01:00', 'P1D', 'workingDays', '2026-11-23 16:30', { countStartDay: true }],
    ['2026-11-17T23:30+01:00', 'P1D', 'workingDays', '2026-11-19 16:30'],
    // Late evening in UTC is the next day in Morocco.
    ['2026-11-22T23:15Z', 'P1D', 'workingDays', '2026-11-24 16:30'],
    // Into Ramadan: the offices close at 15:00.
    ['2026-02-17T10:00Z', 'P2D', 'workingDays', '2026-02-19 15:00'],
    ['2026-11-23T15:30+01:00', 'PT4H', 'workingDays', '2026-11-24 11:30'],
    ['2026-11-20T15:30+01:00', 'PT30M', 'workingDays', '2026-11-20 16:00'],
    ['2026-11-23T10:00+01:00', 'P15D', 'calendarDays', '2026-12-09 00:00'],
    ['2026-11-23T10:00+01:00', 'P2W', 'calendarDays', '2026-12-08 00:00'],
    ['2026-11-23T10:00+01:00', 'P6M', 'calendarDays', '2027-05-24 00:00'],
    ['2026-11-23T10:00+01:00', 'P1Y', 'calendarDays', '2027-11-24 00:00'],
    ['2026-08-31T10:00+01:00', 'P6M', 'calendarDays', '2027-03-01 00:00'],
    ['2026-01-31T10:00+01:00', 'P1M', 'calendarDays', '2026-03-01 00:00'],
    ['2026-11-23T10:00+01:00', 'P1M', 'calendarDays', '2026-12-23 00:00', { countStartDay: true }],
    // Sunday 29 November: kept, or carried to the end of Monday.
    ['2026-11-23T10:00+01:00', 'P6D', 'calendarDays', '2026-11-30 00:00'],
    ['2026-11-23T10:00+01:00', 'P6D', 'calendarDays', '2026-12-01 00:00', { endOnDayOff: 'nextWorkingDay' }],
    ['2026-11-23T10:00+01:00', 'P1D', 'calendarDays', '2026-11-25 00:00', { endOnDayOff: 'nextWorkingDay' }],
    // Over the switch of the clock of 15 February: 48 hours are 48 hours.
    ['2026-02-14T10:00+01:00', 'PT48H', 'calendarDays', '2026-02-16 09:00'],
  ];
  for (const [start, amount, unit, expected, options] of cases) {
    it(`${amount} in ${unit} from ${start}${options ? ` with ${JSON.stringify(options)}` : ''} ends ${expected}`, () => {
      expect(until(start, amount, unit, options)).to.equal(expected);
    });
  }

  it('agrees with counting working days one by one', () => {
    const slow = slowWorkingTime(calendar);
    const start = fc.integer({ min: Date.UTC(2026, 0, 2), max: Date.UTC(2026, 10, 1) });
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 40 }), (instant, days) => {
        let date = local(instant).slice(0, 10);
        let close = 0;
        for (let left = days; left > 0; ) {
          date = dayAfter(date);
          const last = slow.openingsOf(date).at(-1);
          if (last) {
            close = last[1];
            left--;
          }
        }
        expect(deadline(workingTime, instant, { amount: `P${days}D`, calendar: 'workingDays' })).to.equal(
          close,
        );
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  it('comes no sooner for a later start or a longer limit', () => {
    const start = fc.integer({ min: Date.UTC(2024, 0, 2), max: Date.UTC(2028, 10, 1) });
    const unit = fc.constantFrom<TimeLimit['calendar']>('workingDays', 'calendarDays');
    fc.assert(
      fc.property(
        start,
        fc.nat(10 * 86_400_000),
        fc.integer({ min: 1, max: 60 }),
        unit,
        (from, later, days, calendarOf) => {
          const due = deadline(workingTime, from, { amount: `P${days}D`, calendar: calendarOf });
          expect(due).to.be.greaterThan(from);
          expect(
            deadline(workingTime, from + later, { amount: `P${days}D`, calendar: calendarOf }),
          ).to.be.at.least(due);
          expect(
            deadline(workingTime, from, { amount: `P${days + 1}D`, calendar: calendarOf }),
          ).to.be.greaterThan(due);
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });

  const refused: [string, string, string][] = [
    ['2 days', 'calendarDays', 'not an ISO 8601 duration'],
    ['P', 'calendarDays', 'no length'],
    ['PT', 'calendarDays', 'not an ISO 8601 duration'],
    ['P0D', 'workingDays', 'no length'],
    ['P-1D', 'workingDays', 'not an ISO 8601 duration'],
    ['P1.5D', 'workingDays', 'not an ISO 8601 duration'],
    ['P1DT4H', 'workingDays', 'mixes days and hours'],
    ['P1M', 'workingDays', 'cannot be counted in working days'],
    ['P1W', 'workingDays', 'cannot be counted in working days'],
    ['P2D', 'weekdays', 'no calendar of a time limit'],
  ];
  for (const [amount, unit, message] of refused) {
    it(`refuses ${amount} in ${unit}`, () => {
      expect(() => parseTimeLimit({ amount, calendar: unit as TimeLimit['calendar'] })).to.throw(
        RangeError,
        message,
      );
    });
  }

  it('refuses a limit that ends beyond the calendars', () => {
    const start = Date.UTC(2040, 11, 20);
    expect(() => deadline(workingTime, start, { amount: 'P30D', calendar: 'workingDays' })).to.throw(
      RangeError,
      '2041-01-01 is outside',
    );
    expect(() => deadline(workingTime, start, { amount: 'P1Y', calendar: 'calendarDays' })).to.throw(
      RangeError,
      'is outside',
    );
  });
});

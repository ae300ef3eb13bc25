import { expect } from 'chai';
import fc from 'fast-check';
import type { Calendar } from '../../../src/domain/legalTime/calendar.ts';
import { openCalendar, openCalendarByTerritory } from '../../../src/domain/legalTime/workingTime.ts';
import { loadCalendar } from '../../../src/procedures/calendars.ts';
import { aCalendar, aClosure, seeded } from './aCalendar.ts';
import { slowWorkingTime } from './slowWorkingTime.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('working time', () => {
  let moroccan: Calendar;
  before(async () => {
    moroccan = await loadCalendar('reference/calendars', 'ma-administration');
  });

  it('counts office hours only', () => {
    // given
    const workingTime = openCalendar(aCalendar());
    // when: Friday 15:30 to Monday 09:30, local
    const seconds = workingTime.workingSeconds(
      Date.parse('2026-11-20T15:30+01:00'),
      Date.parse('2026-11-23T09:30+01:00'),
    );
    // then
    expect(seconds).to.equal(2 * 3600);
  });

  it('leaves holidays out and keeps the hours of Ramadan', () => {
    // given
    const workingTime = openCalendar(aCalendar());
    // when
    const aroundHoliday = workingTime.workingSeconds(
      Date.parse('2026-11-17T00:00Z'),
      Date.parse('2026-11-19T23:00Z'),
    );
    // Ramadan, when local time is UTC: 09:00 to 15:00.
    const ofRamadan = workingTime.workingSeconds(
      Date.parse('2026-02-19T09:00Z'),
      Date.parse('2026-02-19T20:00Z'),
    );
    // then
    expect(aroundHoliday).to.equal(16 * 3600);
    expect(ofRamadan).to.equal(6 * 3600);
  });

  it('moves the opening with the clock of the country', () => {
    // given
    const workingTime = openCalendar(aCalendar({ ramadan: [] }));
    // when: the same quarter of an hour in UTC, before and after the switch of 15 February 2026
    const summer = workingTime.workingSeconds(
      Date.parse('2026-02-13T07:30Z'),
      Date.parse('2026-02-13T07:45Z'),
    );
    const ramadan = workingTime.workingSeconds(
      Date.parse('2026-02-16T07:30Z'),
      Date.parse('2026-02-16T07:45Z'),
    );
    // then
    expect([summer, ramadan]).to.deep.equal([900, 0]);
  });

  it('agrees with the day-by-day walk on thousands of random intervals', () => {
    // given
    const random = seeded(20261123);
    const workingTime = openCalendar(moroccan);
    const slow = slowWorkingTime(moroccan);
    const start = Date.UTC(2024, 0, 1);
    // when
    for (let i = 0; i < 4000; i++) {
      const from = Math.floor(start + random() * 1820 * DAY);
      const to = Math.floor(from + random() ** 3 * 60 * DAY);
      // then
      expect(workingTime.workingSeconds(from, to), `${from} to ${to}`).to.equal(
        slow.workingSeconds(from, to),
      );
    }
  });

  it('agrees around midnights, switches of the clock, Ramadan, holidays and year ends', () => {
    // given
    const random = seeded(7);
    const workingTime = openCalendar(moroccan);
    const slow = slowWorkingTime(moroccan);
    const edges = [
      ...[
        '2024-03-10',
        '2024-04-14',
        '2025-02-23',
        '2025-04-06',
        '2026-02-15',
        '2026-03-22',
        '2027-02-07',
        '2028-03-05',
      ],
      ...moroccan.ramadan.flatMap(({ from, to }) => [from, to]),
      ...moroccan.holidays.map(({ date }) => date).filter((date) => date >= '2024' && date < '2029'),
      ...['2024-12-31', '2025-12-31', '2026-12-31', '2027-12-31'],
    ];
    // when
    for (const edge of edges) {
      for (let i = 0; i < 15; i++) {
        const midnight = Date.parse(`${edge}T00:00Z`);
        const from = midnight + Math.round((random() - 0.5) * 3 * DAY);
        const to = from + Math.round(random() * 2 * DAY);
        // then
        expect(workingTime.workingSeconds(from, to), `${edge}: ${from} to ${to}`).to.equal(
          slow.workingSeconds(from, to),
        );
      }
    }
  });

  for (const zone of ['Africa/Casablanca', 'Europe/Paris', 'Pacific/Auckland', 'America/St_Johns', 'UTC']) {
    it(`agrees for split and night hours in ${zone}`, () => {
      // given
      const random = seeded(11);
      const hours = [
        { from: '00:00', to: '00:45' },
        { from: '08:30', to: '12:00' },
        { from: '22:15', to: '24:00' },
      ];
      const calendar = aCalendar({ zone, hours, weeklyRest: [5] });
      const workingTime = openCalendar(calendar);
      const slow = slowWorkingTime(calendar);
      // when
      for (let i = 0; i < 400; i++) {
        const from = Math.floor(Date.UTC(2026, 0, 1) + random() * 360 * DAY);
        const to = Math.floor(from + random() * 5 * DAY);
        // then
        expect(workingTime.workingSeconds(from, to), `${from} to ${to}`).to.equal(
          slow.workingSeconds(from, to),
        );
      }
    });
  }

  it('knows the first hour of a year of which it has not filled a day', () => {
    // given: night hours, and years in which the local year begins before and after that of UTC
    for (const zone of ['Africa/Casablanca', 'America/New_York']) {
      const calendar = aCalendar({ zone, hours: [{ from: '00:00', to: '24:00' }], weeklyRest: [7] });
      const slow = slowWorkingTime(calendar);
      for (const [first, edge] of [
        ['2025-06-01T00:00Z', '2025-12-31T22:00Z'],
        ['2025-06-01T00:00Z', '2024-12-31T22:00Z'],
      ] as const) {
        for (let hour = 0; hour < 10; hour++) {
          // when: a calendar that has filled one year only is asked about its edge
          const workingTime = openCalendar(calendar);
          const from = Date.parse(edge) + hour * HOUR;
          workingTime.localDateOf(Date.parse(first));
          // then
          expect(workingTime.workingSeconds(from, from + 1_800_000), `${zone} ${edge} + ${hour} h`).to.equal(
            slow.workingSeconds(from, from + 1_800_000),
          );
        }
      }
    }
  });

  it('gives the same figures in whatever order years are first used', () => {
    // given
    const spans = [2028, 2024, 2026, 2015, 2040].map(
      (year) => [Date.UTC(year, 2, 1), Date.UTC(year, 9, 1)] as const,
    );
    const forward = openCalendar(moroccan);
    const backward = openCalendar(moroccan);
    // when
    const figures = spans.map(([from, to]) => forward.workingSeconds(from, to));
    const reversed = [...spans].reverse().map(([from, to]) => backward.workingSeconds(from, to));
    // then
    expect(reversed.reverse()).to.deep.equal(figures);
    const whole = [Date.UTC(2016, 0, 1), Date.UTC(2039, 0, 1)] as const;
    expect(forward.workingSeconds(...whole)).to.equal(backward.workingSeconds(...whole));
  });

  describe('as a measure', () => {
    const instant = fc.integer({ min: Date.UTC(2023, 11, 1), max: Date.UTC(2029, 0, 31) });

    it('adds up over adjoining intervals', () => {
      const workingTime = openCalendar(moroccan);
      fc.assert(
        fc.property(fc.array(instant, { minLength: 3, maxLength: 3 }), (instants) => {
          const [a, b, c] = instants.sort((x, y) => x - y) as [number, number, number];
          const parts = workingTime.workingSeconds(a, b) + workingTime.workingSeconds(b, c);
          expect(workingTime.workingSeconds(a, c)).to.equal(parts);
        }),
        { numRuns: 1000, seed: 1 },
      );
    });

    it('grows with the interval and never faster than time', () => {
      const workingTime = openCalendar(moroccan);
      fc.assert(
        fc.property(instant, fc.nat(90 * DAY), fc.nat(90 * DAY), (from, length, more) => {
          const shorter = workingTime.workingSeconds(from, from + length);
          const longer = workingTime.workingSeconds(from, from + length + more);
          expect(shorter).to.be.at.least(0);
          expect(longer).to.be.at.least(shorter);
          expect(longer - shorter).to.be.at.most(Math.ceil(more / 1000) + 1);
        }),
        { numRuns: 1000, seed: 2 },
      );
    });

    it('is undone by adding: the first instant at which the time has passed', () => {
      const workingTime = openCalendar(moroccan);
      fc.assert(
        fc.property(instant, fc.integer({ min: 1, max: 3_000_000 }), (start, seconds) => {
          const end = workingTime.addWorkingSeconds(start, seconds);
          expect(workingTime.workingSeconds(start, end)).to.equal(seconds);
          expect(workingTime.workingSeconds(start, Math.max(start, end - 1000))).to.equal(seconds - 1);
        }),
        { numRuns: 1000, seed: 3 },
      );
    });
  });

  it('closes the offices of a territory only', () => {
    // given
    const calendar = aCalendar({ closures: [aClosure('01.151', '2026-11-24'), aClosure('*', '2026-11-25')] });
    const workingTimeOf = openCalendarByTerritory(calendar);
    const commune = workingTimeOf('01.151.01.01');
    const other = workingTimeOf('01.511.01.01');
    // then
    expect([commune.isWorkingDay('2026-11-24'), other.isWorkingDay('2026-11-24')]).to.deep.equal([
      false,
      true,
    ]);
    expect([commune.isWorkingDay('2026-11-25'), other.isWorkingDay('2026-11-25')]).to.deep.equal([
      false,
      false,
    ]);
    expect(openCalendar(calendar).isWorkingDay('2026-11-24')).to.equal(true);
    expect(workingTimeOf('01.151.01.01')).to.equal(commune);
    expect([commune.territory, other.territory]).to.deep.equal(['01.151.01.01', '01.511.01.01']);
    const day = [Date.parse('2026-11-24T00:00Z'), Date.parse('2026-11-24T22:00Z')] as const;
    expect([commune.workingSeconds(...day), other.workingSeconds(...day)]).to.deep.equal([0, 8 * 3600]);
    expect(slowWorkingTime(calendar, '01.151.01.01').workingSeconds(...day)).to.equal(0);
  });

  it('tells days and closing times', () => {
    // given
    const workingTime = openCalendar(aCalendar());
    // then
    expect(workingTime.isWorkingDay('2026-11-23')).to.equal(true);
    expect(workingTime.isWorkingDay('2026-11-18')).to.equal(false);
    expect(workingTime.isWorkingDay('2026-11-22')).to.equal(false);
    expect(workingTime.closeOfDay('2026-11-22')).to.equal(null);
    expect(workingTime.closeOfDay('2026-11-23')).to.equal(Date.parse('2026-11-23T16:30+01:00'));
    expect(workingTime.closeOfDay('2026-02-19')).to.equal(Date.parse('2026-02-19T15:00Z'));
    expect(workingTime.startOfDay('2026-11-23')).to.equal(Date.parse('2026-11-23T00:00+01:00'));
    expect(workingTime.localDateOf(Date.parse('2026-11-22T23:00Z'))).to.equal('2026-11-23');
    expect(workingTime.localDateOf(Date.parse('2026-11-22T22:59:59.999Z'))).to.equal('2026-11-22');
  });

  it('says when moving holidays are not known for an interval', () => {
    const workingTime = openCalendar(aCalendar());
    expect(workingTime.covers(Date.UTC(2024, 5, 1), Date.UTC(2028, 5, 1))).to.equal(true);
    expect(workingTime.covers(Date.UTC(2028, 5, 1), Date.UTC(2029, 5, 1))).to.equal(false);
    expect(workingTime.covers(Date.UTC(2023, 5, 1), Date.UTC(2024, 5, 1))).to.equal(false);
  });

  it('refuses what it cannot measure', () => {
    const workingTime = openCalendar(aCalendar());
    const now = Date.UTC(2026, 10, 23);
    expect(() => workingTime.workingSeconds(now, now - 1)).to.throw(RangeError, 'before it begins');
    expect(() => workingTime.workingSeconds(Date.UTC(2014, 11, 31, 23), now)).to.throw(
      RangeError,
      '2014-12-31T23:00:00.000Z is outside',
    );
    expect(() => workingTime.workingSeconds(now, Date.UTC(2041, 0, 1))).to.throw(
      RangeError,
      'outside the years 2015 to 2040',
    );
    expect(() => workingTime.workingSeconds(now, Number.NaN)).to.throw(RangeError, 'NaN is outside');
    expect(() => workingTime.addWorkingSeconds(now, 1.5)).to.throw(RangeError, 'whole seconds');
    expect(() => workingTime.addWorkingSeconds(now, -1)).to.throw(RangeError, 'whole seconds');
    expect(() => workingTime.addWorkingSeconds(now, 1e9)).to.throw(RangeError, 'outside the years');
    expect(() => workingTime.isWorkingDay('2026-02-30')).to.throw(RangeError, 'not a date');
    expect(() => workingTime.isWorkingDay('2041-01-01')).to.throw(RangeError, '2041-01-01 is outside');
    expect(workingTime.addWorkingSeconds(now + 1, 0)).to.equal(now);
    expect(
      workingTime.workingSeconds(Date.UTC(2015, 0, 1), Date.UTC(2040, 11, 31, 22, 59)),
    ).to.be.greaterThan(0);
  });
});

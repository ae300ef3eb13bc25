import { expect } from 'chai';
import { type Calendar, CalendarError } from '../../../src/domain/legalTime/calendar.ts';
import { checkCalendar } from '../../../src/domain/legalTime/checkCalendar.ts';
import { aCalendar, aClosure, aHoliday, aRamadan } from './aCalendar.ts';

describe('checkCalendar', () => {
  it('accepts a calendar that holds together', () => {
    expect(() => checkCalendar(aCalendar())).not.to.throw();
  });

  const faults: [string, Partial<Calendar>, string][] = [
    ['an unknown zone', { zone: 'Africa/Tangier' }, '"Africa/Tangier" is not a known time zone'],
    ['a week of rest', { weeklyRest: [1, 2, 3, 4, 5, 6, 7] }, 'every day of the week'],
    ['no hours', { hours: [] }, 'hours: no opening'],
    ['hours that do not exist', { hours: [{ from: '08:30', to: '24:30' }] }, '"24:30" is not a time of day'],
    ['hours that end before they begin', { hours: [{ from: '16:30', to: '08:30' }] }, 'close at 08:30'],
    [
      'hours that overlap',
      {
        ramadanHours: [
          { from: '09:00', to: '12:00' },
          { from: '11:00', to: '15:00' },
        ],
      },
      'ramadanHours: the opening at 11:00 overlaps',
    ],
    [
      'a period that ends before it begins',
      { covers: { from: '2026-01-01', to: '2025-01-01' } },
      'covers ends on',
    ],
    ['a Ramadan of 28 days', { ramadan: [aRamadan('2026-02-19', '2026-03-18')] }, 'lasts 28 days'],
    [
      'Ramadans that overlap',
      { ramadan: [aRamadan('2026-03-01', '2026-03-30'), aRamadan('2026-02-19', '2026-03-19')] },
      'overlaps the one from 2026-02-19',
    ],
    ['a holiday that does not exist', { holidays: [aHoliday('2026-02-29')] }, '"2026-02-29" is not a date'],
    [
      'a holiday given twice',
      { holidays: [aHoliday('2026-05-01'), aHoliday('2026-05-01')] },
      'holiday given twice: 2026-05-01',
    ],
    [
      'a closure that does not exist',
      { closures: [aClosure('01', '2026-13-01')] },
      '"2026-13-01" is not a date',
    ],
    [
      'a closure given twice',
      { closures: [aClosure('01', '2026-05-04'), aClosure('01', '2026-05-04')] },
      'closure given twice',
    ],
  ];
  for (const [what, change, message] of faults) {
    it(`refuses ${what}`, () => {
      expect(() => checkCalendar(aCalendar(change))).to.throw(CalendarError, message);
    });
  }

  it('lets two holidays fall on one day', () => {
    const mawlid = { ...aHoliday('2027-08-14'), name: { ar: 'عيد المولد', fr: 'Mawlid', en: 'Mawlid' } };
    expect(() => checkCalendar(aCalendar({ holidays: [aHoliday('2027-08-14'), mawlid] }))).not.to.throw();
  });
});

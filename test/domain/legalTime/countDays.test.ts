import { expect } from 'chai';
import { countDays, workingDaysLeft } from '../../../src/domain/legalTime/countDays.ts';
import { deadline } from '../../../src/domain/legalTime/deadline.ts';
import { openCalendar } from '../../../src/domain/legalTime/workingTime.ts';
import { loadCalendar } from '../../../src/procedures/calendars.ts';

const workingTime = openCalendar(await loadCalendar('reference/calendars', 'ma-administration'));
/** A Monday without holidays around, 10:00 in Casablanca. */
const MONDAY = Date.parse('2026-11-23T09:00:00Z');
const DAY = 86_400_000;

describe('days counted', () => {
  it('begin after the day of the event, and leave out days of rest', () => {
    expect(countDays(workingTime, MONDAY, MONDAY + 7 * DAY, 'calendarDays')).to.equal(7);
    expect(countDays(workingTime, MONDAY, MONDAY + 7 * DAY, 'workingDays')).to.equal(5);
    expect(countDays(workingTime, MONDAY + 7 * DAY, MONDAY, 'workingDays')).to.equal(-5);
  });

  for (const calendar of ['workingDays', 'calendarDays'] as const) {
    it(`leave nothing on the last day of a limit in ${calendar}`, () => {
      // given
      const dueAt = deadline(workingTime, MONDAY, { amount: 'P4D', calendar });
      // then
      expect(workingDaysLeft(workingTime, MONDAY, dueAt)).to.equal(4);
      expect(workingDaysLeft(workingTime, MONDAY + 4 * DAY, dueAt)).to.equal(0);
      expect(workingDaysLeft(workingTime, MONDAY + 7 * DAY, dueAt)).to.equal(-1);
    });
  }
});

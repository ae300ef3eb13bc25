import { expect } from 'chai';
import { dayNumber } from '../../../src/domain/legalTime/localDate.ts';
import { isZone, localTimesOf, startOfLocalDay } from '../../../src/domain/legalTime/zone.ts';

const ZONE = 'Africa/Casablanca';

describe('zone', () => {
  /** The switches as the zone database announces them: clocks stand at UTC from the first to the second. */
  const ramadanClock: Record<number, [string, string]> = {
    2024: ['2024-03-10', '2024-04-14'],
    2025: ['2025-02-23', '2025-04-06'],
    2026: ['2026-02-15', '2026-03-22'],
    2027: ['2027-02-07', '2027-03-14'],
    2028: ['2028-01-23', '2028-03-05'],
  };
  for (const [year, [from, to]] of Object.entries(ramadanClock)) {
    it(`knows the clock of Ramadan ${year}`, () => {
      // given
      const instantOf = localTimesOf(ZONE, Number(year));
      const offsetAt = (day: number): number => day * 86_400 + 12 * 3600 - instantOf(day, 12 * 3600);
      const first = Date.parse(from) / 86_400_000;
      const last = Date.parse(to) / 86_400_000;
      // then
      expect([offsetAt(first - 1), offsetAt(first), offsetAt(last - 1), offsetAt(last)]).to.deep.equal([
        3600, 0, 0, 3600,
      ]);
      const ofYear = Array.from({ length: 366 }, (_, day) => offsetAt(dayNumber(Number(year), 1, 1) + day));
      expect(ofYear.filter((offset) => offset === 0)).to.have.length(last - first);
    });
  }

  it('moves a skipped time forward and takes the first of a repeated one', () => {
    // given
    const instantOf = localTimesOf(ZONE, 2026);
    // when: on 22 March 02:00 becomes 03:00, on 15 February 03:00 becomes 02:00
    const skipped = instantOf(dayNumber(2026, 3, 22), 2.5 * 3600);
    const repeated = instantOf(dayNumber(2026, 2, 15), 2.5 * 3600);
    // then
    expect(skipped * 1000).to.equal(Date.parse('2026-03-22T02:30Z'));
    expect(repeated * 1000).to.equal(Date.parse('2026-02-15T01:30Z'));
  });

  it('knows where a day begins', () => {
    expect(startOfLocalDay(ZONE, dayNumber(2026, 11, 23)) * 1000).to.equal(Date.parse('2026-11-22T23:00Z'));
    expect(startOfLocalDay('UTC', dayNumber(2026, 11, 23)) * 1000).to.equal(Date.parse('2026-11-23T00:00Z'));
  });

  it('knows which zones exist', () => {
    expect([isZone(ZONE), isZone('UTC'), isZone('Africa/Tangier'), isZone('')]).to.deep.equal([
      true,
      true,
      false,
      false,
    ]);
  });
});

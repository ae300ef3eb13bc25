import { expect } from 'chai';
import fc from 'fast-check';
import { clocksOf } from '../../../src/domain/legalTime/clocks.ts';

const asked = fc.array(
  fc.record({
    party: fc.constantFrom('applicant' as const, 'administration' as const),
    startedAt: fc.integer({ min: 0, max: 1000 }),
    endedAt: fc.option(fc.integer({ min: 0, max: 1000 }), { nil: null }),
  }),
  { maxLength: 12 },
);

describe('the two clocks', () => {
  it('give the applicant what only the applicant was asked for', () => {
    // given
    const tasks = [
      { party: 'administration' as const, startedAt: 0, endedAt: 10 },
      { party: 'applicant' as const, startedAt: 10, endedAt: 30 },
      { party: 'administration' as const, startedAt: 30, endedAt: null },
      { party: 'applicant' as const, startedAt: 40, endedAt: 45 },
    ];
    // when
    const clocks = clocksOf(tasks, 0, 50);
    // then
    expect(clocks.applicant).to.deep.equal([{ from: 10, to: 30 }]);
    expect(clocks.administration).to.deep.equal([
      { from: 0, to: 10 },
      { from: 30, to: 50 },
    ]);
  });

  it('tile a life without gap or overlap', () => {
    fc.assert(
      fc.property(
        asked,
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 500, max: 1000 }),
        (tasks, from, until) => {
          const sane = tasks.filter(({ startedAt, endedAt }) => endedAt === null || endedAt >= startedAt);
          const { administration, applicant } = clocksOf(sane, from, until);
          const all = [...administration, ...applicant].sort((a, b) => a.from - b.from);
          let at = from;
          for (const interval of all) {
            expect(interval.from).to.equal(at);
            expect(interval.to).to.be.greaterThan(interval.from);
            at = interval.to;
          }
          expect(at).to.equal(until);
        },
      ),
    );
  });
});

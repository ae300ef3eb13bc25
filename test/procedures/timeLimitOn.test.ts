import { expect } from 'chai';
import { timeLimitOn } from '../../src/procedures/timeLimitOn.ts';
import { buildingPermit } from './source.ts';

const { settings } = buildingPermit();

describe('timeLimitOn', () => {
  for (const [day, id] of [
    ['2026-03-02', 'joint-order-2023'],
    ['2023-07-13', 'joint-order-2023'],
    ['2023-07-12', 'rgc-2019'],
    ['2019-06-12', 'rgc-2019'],
    ['2019-06-11', 'rgc-2013'],
    ['2013-05-23', 'law-12-90'],
  ]) {
    it(`${day}: ${id}`, () => {
      expect(timeLimitOn(settings, day ?? '')?.id).to.equal(id);
    });
  }

  it('knows none before the first law', () => {
    expect(timeLimitOn(settings, '1980-01-01')).to.equal(null);
  });

  it('takes the shortest of several ceilings', () => {
    const caps = settings.timeLimits
      .filter(({ cap }) => cap === true)
      .map((cap, index) => ({ ...cap, amount: 90 - index }));
    expect(timeLimitOn({ timeLimits: caps }, '2026-01-01')?.amount).to.equal(89);
  });
});

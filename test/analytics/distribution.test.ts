import { expect } from 'chai';
import fc from 'fast-check';
import { distributionOf } from '../../src/analytics/distribution.ts';
import { Seconds } from '../../src/analytics/seconds.ts';

const atOnce = () => undefined;

function secondsOf(values: Iterable<number>): Seconds {
  const seconds = new Seconds();
  for (const value of values) seconds.push(value);
  return seconds;
}

describe('distribution', () => {
  const cases: [number[], number, number][] = [
    [[7], 7, 7],
    [[1, 2], 1, 2],
    [[3, 1, 2], 2, 3],
    [[1, 2, 3, 4], 2, 4],
    [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 5, 9],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 6, 10],
    [[0, 0, 0, 4294967295], 0, 4294967295],
  ];
  for (const [values, median, p90] of cases) {
    it(`of ${values.join(' ')} has median ${median} and p90 ${p90}`, async () => {
      const distribution = await distributionOf(secondsOf(values), atOnce);
      expect([distribution?.median, distribution?.p90]).to.deep.equal([median, p90]);
    });
  }

  it('of nothing is null', async () => {
    expect(await distributionOf(new Seconds(), atOnce)).to.equal(null);
  });

  it('finds by halves what sorting finds', async () => {
    const value = fc.oneof(fc.nat(0xffffffff), fc.nat(100), fc.constantFrom(0, 65_535, 65_536, 0xffffffff));
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 60 }), async (few) => {
        // The same values 200 times over keep their ranks and exceed what is sorted at once.
        const many = secondsOf(Array.from({ length: 200 }, () => few).flat());
        const sorted = [...few].sort((a, b) => a - b);
        const { p25, median, p75, p90 } = (await distributionOf(many, atOnce)) ?? {};
        expect(p25).to.equal(sorted[Math.ceil(few.length / 4) - 1]);
        expect(median).to.equal(sorted[Math.ceil(few.length / 2) - 1]);
        expect(p75).to.equal(sorted[Math.ceil((3 * few.length) / 4) - 1]);
        expect(p90).to.equal(sorted[Math.ceil((9 * few.length) / 10) - 1]);
      }),
      { numRuns: 60, seed: 6 },
    );
  });

  it('reads durations from a list that grows, and refuses what is no duration', () => {
    // given
    const seconds = new Seconds();
    // when
    for (let i = 0; i < 200_000; i++) seconds.push(i);
    // then
    expect(seconds.length).to.equal(200_000);
    const chunks = seconds.chunks();
    expect(Math.max(...chunks.map(({ length }) => length))).to.equal(65_536);
    let next = 0;
    for (const chunk of chunks) for (const value of chunk) if (value === next) next++;
    expect(next).to.equal(200_000);
    for (const wrong of [-1, 1.5, Number.NaN, 2 ** 32])
      expect(() => seconds.push(wrong)).to.throw(RangeError);
  });
});

import { expect } from 'chai';
import { soak } from './soak/soak.ts';

/** More of it by `npm run soak`. */
const WALKS = Number(process.env.WALKS ?? 150);
const SEED = Number(process.env.SEED ?? 20_260_105);

describe(`${WALKS} random walks on three nodes (seed ${SEED})`, function () {
  this.timeout(10 * 60_000);

  it('end, and leave nothing stuck, lost or doubled, whatever is killed and however time jumps', async () => {
    // when
    const lines: string[] = [];
    const tell = (line: string) => lines.push(line);
    const figures = await soak({ walks: WALKS, nodes: 3, seed: SEED, kills: 6, atOnce: 40, tell }).catch(
      (error: unknown) => {
        process.stderr.write(`${lines.join('\n')}\n`);
        throw error;
      },
    );
    // then: there was something to get wrong
    process.stderr.write(`      ${JSON.stringify(figures)}\n`);
    expect(figures).to.include({ walks: WALKS, nodeKills: 5, storeKills: 1 });
    for (const some of ['completed', 'jobs', 'timersFired', 'refusals'] as const)
      expect(figures[some], some).to.be.greaterThan(0);
  });
});

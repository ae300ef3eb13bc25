import { expect } from 'chai';
import { chaos } from './chaos/chaos.ts';
import { sharedStack } from './chaos/stack.ts';

/** More of it by `npm run chaos`. */
const KILLS = 4;
const SEED = Number(process.env.SEED ?? 20_260_105);

describe(`three servers on one store, of which one is killed ${KILLS} times (seed ${SEED})`, function () {
  this.timeout(10 * 60_000);

  it('lose and double nothing that was acknowledged, and fire each timer once', async () => {
    // when
    const lines: string[] = [];
    const figures = await chaos({
      seed: SEED,
      start: (options) => sharedStack(options, 3, ['server']),
      pause: (kills, random) => (kills < KILLS ? 1_000 + random() * 4_000 : null),
      tell: (line) => lines.push(line),
    }).catch((error: unknown) => {
      process.stderr.write(`${lines.join('\n')}\n`);
      throw error;
    });
    // then: there was something to get wrong
    process.stderr.write(`      ${JSON.stringify(figures)}\n`);
    expect(figures.kills).to.deep.equal({ server: KILLS });
    expect(figures.filed).to.equal(12 * figures.rounds);
    expect(figures.timersFired).to.be.greaterThan(0);
  });
});

import { expect } from 'chai';
import { openClock } from '../../../src/usecases/operation/demoClock.ts';
import { openTestStore } from '../../support/testStore.ts';

const START = Date.parse('2026-01-05T08:00:00Z');
const DAY = 86_400_000;

describe('the clock of a demonstration', () => {
  it('is the same on every node, and goes back on none', async () => {
    // given two nodes on one store
    const store = await openTestStore();
    const one = await openClock(store, 'demo', START);
    const two = await openClock(store.ofAnotherNode(Date.now), 'demo', START + DAY);
    expect(two.clock.now()).to.equal(START);
    // when an operator moves it on one of them
    await one.demoClock?.set(START + 3 * DAY);
    await two.demoClock?.follow();
    // then
    expect(two.clock.now()).to.equal(START + 3 * DAY);
    // and when a slower node still writes an instant on the way
    await two.demoClock?.set(START + 2 * DAY);
    await one.demoClock?.follow();
    expect(one.clock.now()).to.equal(START + 3 * DAY);
  });
});

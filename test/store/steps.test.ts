import { expect } from 'chai';
import type { StepOccurrence } from '../../src/store/store.ts';
import type { TestStore } from '../support/testStore.ts';
import { aDossier, anEvent, aTask, begin } from './support/builders.ts';
import { eachStore } from './support/eachStore.ts';

eachStore('what was done and how long it took', (open) => {
  let store: TestStore;
  const scan = async (filter: Parameters<TestStore['steps']['scan']>[0]) => {
    const found: StepOccurrence[] = [];
    for await (const step of store.steps.scan(filter)) found.push(step);
    return found;
  };

  before(async () => {
    store = await open();
    const near = aDossier({ id: 'near' });
    const far = aDossier({ id: 'far', commune: '02.001.01.01', procedure: 'other', definition: 'hash-2' });
    await begin(store, {
      openTasks: [
        aTask({ dossier: 'near', createdAt: 10, flowNode: 'Running' }),
        aTask({
          dossier: 'near',
          createdAt: 20,
          flowNode: 'Done',
          status: 'completed',
          endedAt: 25,
          body: 'agency',
        }),
        aTask({
          dossier: 'far',
          createdAt: 30,
          flowNode: 'Silent',
          status: 'cancelled',
          endedAt: 33,
          territory: far.commune,
          procedure: 'other',
        }),
      ],
    });
    const job = (dossier: typeof near, subject: string, at: number) => ({
      dossier: dossier.id,
      territory: dossier.commune,
      flowNode: `Do${subject}`,
      subject,
      at,
    });
    await store.transaction(async (tx) => {
      await store.dossiers.insert(tx, near);
      await store.dossiers.insert(tx, far);
      store.appendEvents(tx, [
        anEvent({ ...job(near, '1', 10), type: 'JobRequested' }),
        anEvent({ ...job(far, '2', 11), type: 'JobRequested' }),
        anEvent({ ...job(near, '1', 12), type: 'JobCompleted' }),
        anEvent({ ...job(far, '2', 13), type: 'JobCancelled' }),
        anEvent({ ...job(near, '3', 14), type: 'JobRequested' }),
      ]);
    });
  });

  it('is read of user and service tasks, running or ended', async () => {
    const steps = await scan({});
    expect(steps.map((s) => [s.flowNode, s.kind, s.startedAt, s.endedAt, s.outcome])).to.deep.equal([
      ['Running', 'user', 10, null, 'running'],
      ['Done', 'user', 20, 25, 'completed'],
      ['Silent', 'user', 30, 33, 'cancelled'],
      ['Do1', 'service', 10, 12, 'completed'],
      ['Do2', 'service', 11, 13, 'cancelled'],
      ['Do3', 'service', 14, null, 'running'],
    ]);
    expect(steps[1]).to.deep.include({ body: 'agency', procedure: 'building-permit', dossier: 'near' });
    expect(steps[4]).to.deep.include({ body: null, procedure: 'other', territory: '02.001.01.01' });
  });

  it('is read by territory, procedure, dossier and the time it began', async () => {
    const nodes = async (filter: Parameters<typeof scan>[0]) => (await scan(filter)).map((s) => s.flowNode);
    expect(await nodes({ territory: '02' })).to.deep.equal(['Silent', 'Do2']);
    expect(await nodes({ procedure: 'other' })).to.deep.equal(['Silent', 'Do2']);
    expect(await nodes({ dossier: 'near', from: 12 })).to.deep.equal(['Done', 'Do3']);
    expect(await nodes({ from: 11, to: 20 })).to.deep.equal(['Do2', 'Do3']);
    expect(await nodes({ flowNode: 'Do2' })).to.deep.equal(['Do2']);
    expect(await nodes({ flowNode: 'Done' })).to.deep.equal(['Done']);
    expect(await nodes({ body: 'agency' })).to.deep.equal(['Done']);
    expect(await nodes({ version: 'hash-1' })).to.deep.equal(['Running', 'Done', 'Silent']);
    expect(await nodes({ version: 'hash-2' })).to.deep.equal(['Do2']);
  });

  it('streams more than one batch', async function () {
    this.timeout(60_000);
    // given
    const big = await open();
    await begin(big, { openTasks: Array.from({ length: 1100 }, (_, i) => aTask({ createdAt: i % 3 })) });
    await big.transaction(async (tx) => {
      await big.dossiers.insert(tx, aDossier({ id: 'dossier-1' }));
      const events = Array.from({ length: 600 }, (_, i) => [
        anEvent({ type: 'JobRequested', subject: `j${i}`, flowNode: 'Do', at: i }),
        anEvent({ type: 'JobCompleted', subject: `j${i}`, flowNode: 'Do', at: i + 1 }),
      ]);
      big.appendEvents(tx, events.flat());
    });
    // when
    const count = { user: 0, service: 0 };
    for await (const step of big.steps.scan({})) {
      count[step.kind] += 1;
      if (step.kind === 'service') expect(step.endedAt).to.equal(step.startedAt + 1);
    }
    // then
    expect(count).to.deep.equal({ user: 1100, service: 600 });
  });
});

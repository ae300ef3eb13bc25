import { expect } from 'chai';
import mongoose from 'mongoose';
import { DomainError } from '../../src/domain/errors.ts';
import type { Tx } from '../../src/store/store.ts';
import { openTransaction } from '../../src/store/transaction.ts';
import { openTasksOf } from '../support/openTasksOf.ts';
import { anEvent, anInstance, aStep, aTask, begin } from './support/builders.ts';
import { eachStore } from './support/eachStore.ts';

eachStore('steps that come at once', (open) => {
  /** A step that goes on to version 2 and opens a task of the instance. */
  const goOn = (store: Awaited<ReturnType<typeof open>>, id: string, before = async (_tx: Tx) => {}) =>
    store.engine.step(id, async (tx, found) => {
      if (found === null) throw new Error(`no instance ${id}`);
      await before(tx);
      store.engine.write(
        tx,
        aStep(
          { ...found, version: found.version + 1 },
          { expectedVersion: 1, openTasks: [aTask({ instance: id })] },
        ),
      );
      store.appendEvents(tx, [anEvent({ dossier: id })]);
    });

  async function withInstances(count: number) {
    const store = await open();
    const instances = Array.from({ length: count }, () => anInstance());
    for (const instance of instances) await begin(store, {}, instance);
    return { store, ids: instances.map(({ id }) => id) };
  }

  it('are all done, and leave one log without gaps', async () => {
    // given
    const { store, ids } = await withInstances(50);
    // when
    await Promise.all(ids.map((id) => goOn(store, id)));
    // then
    for (const id of ids) {
      expect((await store.instances.find(id))?.version).to.equal(2);
      expect(await openTasksOf(store, id)).to.have.length(1);
    }
    expect((await store.events.last()).seq).to.equal(50);
    for await (const { fault } of store.verifyChain()) expect(fault).to.equal(null);
  });

  it('leave the others alone when one of them refuses itself, before it has written or after', async () => {
    // given
    const { store, ids } = await withInstances(6);
    const [early, late] = ids as [string, string];
    const refusing = (id: string, hasWritten: boolean) =>
      store.engine.step(id, async (tx) => {
        store.appendEvents(tx, [anEvent({ dossier: id })]);
        if (hasWritten) await store.counters.next(tx, 'given-back');
        throw new DomainError('TASK_TAKEN', { id });
      });
    // when
    const answers = await Promise.allSettled([
      refusing(early, false),
      refusing(late, true),
      ...ids.slice(2).map((id) => goOn(store, id)),
    ]);
    // then
    expect(answers.map(({ status }) => status)).to.deep.equal([
      'rejected',
      'rejected',
      ...Array(4).fill('fulfilled'),
    ]);
    expect(
      answers.slice(0, 2).map((one) => one.status === 'rejected' && one.reason.details.id),
    ).to.deep.equal([early, late]);
    expect((await store.events.last()).seq).to.equal(4);
    expect(await store.transaction((tx) => store.counters.next(tx, 'given-back'))).to.equal(1);
  });

  it('tell each whose version was overtaken, and nobody else', async () => {
    // given
    const { store, ids } = await withInstances(3);
    const [overtaken] = ids as [string];
    await goOn(store, overtaken);
    // when
    const answers = await Promise.allSettled(ids.map((id) => goOn(store, id)));
    // then
    expect(answers.map((one) => (one.status === 'rejected' ? one.reason.code : 'done'))).to.deep.equal([
      'INSTANCE_BUSY',
      'done',
      'done',
    ]);
  });

  it('are not done a second time when nobody knows whether their commit was done', async () => {
    // given a connection that is lost after the commit, before its answer
    const { store, ids } = await withInstances(4);
    let commits = 0;
    const losing = async (tx: Tx) => {
      const { session } = openTransaction(tx);
      const commit = Object.getPrototypeOf(session).commitTransaction.bind(session);
      session.commitTransaction = async () => {
        commits++;
        await commit();
        throw new mongoose.mongo.MongoNetworkError('connection closed');
      };
    };
    // when
    const answers = await Promise.allSettled(ids.map((id) => goOn(store, id, losing)));
    // then
    expect(answers.map((one) => (one.status === 'rejected' ? one.reason.code : 'done'))).to.deep.equal(
      Array(4).fill('UNAVAILABLE'),
    );
    expect(commits).to.equal(1);
    for (const id of ids) expect((await store.instances.find(id))?.version).to.equal(2);
    expect((await store.events.last()).seq).to.equal(4);
  });

  it('are done again, all of them, when another transaction was in the way of one', async () => {
    // given
    const { store, ids } = await withInstances(4);
    let disturbed = false;
    const [first] = ids as [string];
    // when
    await Promise.all(
      ids.map((id) =>
        goOn(store, id, async () => {
          if (id !== first || disturbed) return;
          disturbed = true;
          await store.transaction(async (tx) => store.appendEvents(tx, [anEvent()]));
        }),
      ),
    );
    // then
    expect((await store.events.last()).seq).to.equal(5);
    for await (const { fault } of store.verifyChain()) expect(fault).to.equal(null);
  });
});

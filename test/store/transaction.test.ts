import { expect } from 'chai';
import { DomainError } from '../../src/domain/errors.ts';
import type { Tx } from '../../src/store/store.ts';
import { openTransaction } from '../../src/store/transaction.ts';
import { refusal } from '../support/refusal.ts';
import type { TestStore } from '../support/testStore.ts';
import { aDossier, anEvent } from './support/builders.ts';
import { eachStore } from './support/eachStore.ts';

eachStore('transactions', (open) => {
  let store: TestStore;

  before(async () => {
    store = await open();
  });

  it('write all or nothing, events and numbers included', async () => {
    // given
    const dossier = aDossier();
    const before = await store.events.last();
    // when
    const refused = store.transaction(async (tx) => {
      await store.dossiers.insert(tx, dossier);
      expect(await store.counters.next(tx, 'rolled-back')).to.equal(1);
      store.appendEvents(tx, [anEvent()]);
      expect(await store.dossiers.find(dossier.id, tx)).to.deep.equal(dossier);
      expect(await store.dossiers.find(dossier.id)).to.equal(null);
      throw new DomainError('FORBIDDEN');
    });
    // then
    await refusal(refused, 'FORBIDDEN');
    expect(await store.dossiers.find(dossier.id)).to.equal(null);
    expect(await store.events.last()).to.deep.equal(before);
    expect(await store.transaction((tx) => store.counters.next(tx, 'rolled-back'))).to.equal(1);
  });

  it('number a series without gaps under 50 transactions of which some are given up', async () => {
    // given
    const kept: number[] = [];
    // when
    await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const work = store.transaction(async (tx) => {
          const number = await store.counters.next(tx, 'series');
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
          if (i % 3 === 0) throw new DomainError('FORBIDDEN');
          return number;
        });
        if (i % 3 === 0) await refusal(work, 'FORBIDDEN');
        else kept.push(await work);
      }),
    );
    // then
    expect(kept.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 33 }, (_, i) => i + 1));
  });

  it('lose no update when several read, add and save', async () => {
    // given
    const { id } = await store.transaction(async (tx) => {
      const dossier = aDossier({ round: 0 });
      await store.dossiers.insert(tx, dossier);
      return dossier;
    });
    // when
    await Promise.all(
      Array.from({ length: 20 }, () =>
        store.transaction(async (tx) => {
          const dossier = await store.dossiers.get(id, tx);
          await store.dossiers.save(tx, { ...dossier, round: dossier.round + 1 });
        }),
      ),
    );
    // then
    expect((await store.dossiers.get(id)).round).to.equal(20);
  });

  it('are done again from the start after a conflict', async () => {
    // given
    const dossier = aDossier();
    await store.transaction((tx) => store.dossiers.insert(tx, dossier));
    let runs = 0;
    // when
    const saved = await store.transaction(async (tx) => {
      runs += 1;
      const seen = await store.dossiers.get(dossier.id, tx);
      if (runs === 1) await store.transaction((other) => store.dossiers.save(other, seen));
      return store.dossiers.save(tx, seen);
    });
    // then
    expect(runs).to.equal(2);
    expect(saved.version).to.equal(3);
  });

  /** What Node throws for a write to a connection that was ended, and the driver passes on as it is. */
  const ended = () =>
    Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' });

  it('are done again when the socket breaks before their end', async () => {
    let runs = 0;
    const number = await store.transaction(async (tx) => {
      runs++;
      const next = await store.counters.next(tx, 'broken-before');
      if (runs === 1) throw ended();
      return next;
    });
    expect([runs, number]).to.deep.equal([2, 1]);
  });

  it('are done once when the socket breaks at their commit, which may have been done', async () => {
    let runs = 0;
    const number = await store.transaction(async (tx) => {
      runs++;
      const { session } = openTransaction(tx);
      const commit = session.commitTransaction.bind(session);
      session.commitTransaction = async () => {
        session.commitTransaction = commit;
        await commit();
        throw ended();
      };
      return store.counters.next(tx, 'broken-at-commit');
    });
    expect([runs, number]).to.deep.equal([1, 1]);
    expect(await store.transaction((tx) => store.counters.next(tx, 'broken-at-commit'))).to.equal(2);
  });

  it('cannot be used after their end', async () => {
    // given
    let escaped: Tx | undefined;
    await store.transaction(async (tx) => {
      escaped = tx;
    });
    const late = escaped as Tx;
    // when, then
    expect(() => store.appendEvents(late, [anEvent()])).to.throw('has ended');
    const error = await store.dossiers.find('x', late).catch((reason: Error) => reason);
    expect(error).to.be.instanceOf(Error);
    expect(() => store.appendEvents({ kind: 'transaction' }, [])).to.throw('not of this store');
  });
});

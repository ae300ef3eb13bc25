import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { expect } from 'chai';
import type { ChainFault } from '../../src/store/event.ts';
import { createMongoStore } from '../../src/store/mongoStore.ts';
import { refusal } from '../support/refusal.ts';
import type { TestStore } from '../support/testStore.ts';
import { anEvent } from './support/builders.ts';
import { eachStore } from './support/eachStore.ts';

eachStore('the event log', (open) => {
  let store: TestStore;
  const append = (
    of: Pick<TestStore, 'transaction' | 'appendEvents'>,
    ...events: ReturnType<typeof anEvent>[]
  ) => of.transaction(async (tx) => of.appendEvents(tx, events));
  const faults = async (from?: number) => {
    const found: { seq: number; fault: ChainFault }[] = [];
    for await (const { seq, fault } of store.verifyChain(from))
      if (fault !== null) found.push({ seq, fault });
    return found;
  };

  beforeEach(async () => {
    store = await open();
  });

  it('chains the canonical form of every event', async () => {
    // when
    await append(store, anEvent({ data: { z: 1, a: 'é' } }), anEvent({ type: 'DraftChanged' }));
    await append(store, anEvent({ type: 'ClockMoved', dossier: null, territory: null }));
    // then
    const events = await store.events.list({}, 10);
    expect(events.map(({ seq, type }) => [seq, type])).to.deep.equal([
      [1, 'DraftStarted'],
      [2, 'DraftChanged'],
      [3, 'ClockMoved'],
    ]);
    let previous = '0'.repeat(64);
    for (const { hash, ...event } of events) {
      expect(event.previousHash).to.equal(previous);
      previous = createHash('sha256')
        .update(canonicalize(event) ?? '')
        .digest('hex');
      expect(hash).to.equal(previous);
    }
    expect(await store.events.last()).to.deep.equal({ seq: 3, hash: previous });
    expect(await faults()).to.deep.equal([]);
  });

  it('is read by dossier and type, after a number', async () => {
    // given
    await append(
      store,
      anEvent({ dossier: 'a' }),
      anEvent({ dossier: 'b', type: 'TaskCreated' }),
      anEvent({ dossier: 'a', type: 'TaskCreated' }),
    );
    const seqs = async (filter: Parameters<typeof store.events.list>[0], limit = 10) =>
      (await store.events.list(filter, limit)).map(({ seq }) => seq);
    // when, then
    expect(await seqs({ dossier: 'a' })).to.deep.equal([1, 3]);
    expect(await seqs({ types: ['TaskCreated'] })).to.deep.equal([2, 3]);
    expect(await seqs({ after: 2 })).to.deep.equal([3]);
  });

  it('has no gap and hides nothing from a reader while 100 transactions write at once', async () => {
    // given: a second node of the same database, so that both its own and foreign commits are in the way
    const other = createMongoStore(store.connection.useDb(store.connection.name), Date.now);
    let isWriting = true;
    const seen: number[] = [];
    const reader = (async () => {
      for (let after = 0, last = false; !last; ) {
        last = !isWriting;
        const events = await store.events.list({ after }, 1000);
        seen.push(...events.map(({ seq }) => seq));
        after = seen.at(-1) ?? 0;
      }
    })();
    // when
    await Promise.all(
      Array.from({ length: 100 }, (_, i) => {
        const node = i % 4 === 0 ? other : store;
        const events = Array.from({ length: 1 + (i % 3) }, () => anEvent({ data: { i } }));
        return append(node, ...events);
      }),
    );
    isWriting = false;
    await reader;
    // then
    const total = Array.from({ length: 100 }, (_, i) => 1 + (i % 3)).reduce((sum, n) => sum + n);
    expect(seen).to.deep.equal(Array.from({ length: total }, (_, i) => i + 1));
    expect(await faults()).to.deep.equal([]);
  });

  it('shows what was altered, taken out or put in behind its back', async () => {
    // given
    for (let i = 0; i < 6; i++) await append(store, anEvent({ data: { i } }));
    const records = store.connection.collection('events');
    // when
    await records.updateOne({ seq: 2 }, { $set: { actor: 'somebody-else' } });
    await records.deleteOne({ seq: 4 });
    await records.updateOne({ seq: 6 }, { $set: { previousHash: 'f'.repeat(64) } });
    // then
    expect(await faults()).to.deep.equal([
      { seq: 2, fault: 'altered' },
      { seq: 5, fault: 'missing' },
      { seq: 6, fault: 'brokenLink' },
    ]);
    expect(await faults(6)).to.deep.equal([{ seq: 6, fault: 'brokenLink' }]);
  });

  it('shows what was altered or taken out among the events of one step', async () => {
    // given
    await append(store, ...Array.from({ length: 4 }, (_, i) => anEvent({ data: { i } })));
    await append(store, ...Array.from({ length: 3 }, (_, i) => anEvent({ data: { i } })));
    const records = store.connection.collection<{ seq: number; events: unknown[] }>('events');
    // when
    await records.updateOne({ seq: 1 }, { $set: { 'events.1.data': { i: 7 } } });
    await records.updateOne({ seq: 5 }, { $pop: { events: -1 } });
    // then
    expect(await faults()).to.deep.equal([
      { seq: 2, fault: 'altered' },
      { seq: 5, fault: 'altered' },
      { seq: 6, fault: 'altered' },
    ]);
  });

  it('keeps what a step tells of one dossier together, and no more', async () => {
    // given
    const many = Array.from({ length: 45 }, (_, i) => anEvent({ dossier: 'a', data: { i } }));
    await append(
      store,
      ...many,
      anEvent({ dossier: 'b', flowNode: 'Study', cause: 'c', article: '12' }),
      anEvent({ dossier: 'b', actor: 'another' }),
      anEvent({ dossier: 'a' }),
      anEvent({ dossier: 'a', data: { long: 'x'.repeat(900_000) } }),
      anEvent({ dossier: 'a', data: { long: 'x'.repeat(900_000) } }),
    );
    // when
    const records = await store.connection.collection('events').find().sort({ seq: 1 }).toArray();
    // then
    expect(records.map(({ seq, events }) => [seq, events.length])).to.deep.equal([
      [1, 20],
      [21, 20],
      [41, 5],
      [46, 1],
      [47, 1],
      [48, 2],
      [50, 1],
    ]);
    expect(await faults()).to.deep.equal([]);
    const seqs = async (after: number) => (await store.events.list({ after }, 3)).map(({ seq }) => seq);
    for (let after = 0; after < 45; after++)
      expect(await seqs(after)).to.deep.equal([after + 1, after + 2, after + 3]);
    expect(await seqs(48)).to.deep.equal([49, 50]);
    const [study] = await store.events.list({ dossier: 'b', after: 30 }, 1);
    expect(study).to.include({ seq: 46, flowNode: 'Study', cause: 'c', article: '12', body: null });
  });

  it('refuses event data that could not be hashed again as it was stored', async () => {
    await refusal(append(store, anEvent({ data: { 'a.b': 1 } })), 'INVALID_INPUT');
    await refusal(append(store, anEvent({ data: { a: '\uDC00' } })), 'INVALID_INPUT');
    expect(await store.events.last()).to.deep.equal({ seq: 0, hash: '0'.repeat(64) });
  });
});

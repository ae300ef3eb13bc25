import { expect } from 'chai';
import type { mongo } from 'mongoose';
import { codeOf, errorOf, useStore } from './support/store.ts';

interface Explained {
  readonly index: string | undefined;
  readonly isSorting: boolean;
  readonly keys: number;
  readonly returned: number;
}

async function explained(cursor: mongo.FindCursor): Promise<Explained> {
  const { queryPlanner, executionStats } = await cursor.explain('executionStats');
  const plan = queryPlanner.winningPlan;
  const isSorting = plan.stage === 'SORT';
  const fetch = isSorting ? plan.inputStage : plan;
  return {
    index: fetch.inputStage?.indexName ?? fetch.inputStage?.stage,
    isSorting,
    keys: executionStats.totalKeysExamined,
    returned: executionStats.nReturned,
  };
}

describe('indexes', () => {
  const store = useStore();

  it('enforces unique keys, single and compound, and names the key', async () => {
    const c = store.fresh();
    await c.createIndex({ a: 1, b: -1 }, { unique: true });
    await c.insertMany([
      { a: 1, b: 1 },
      { a: 1, b: 2 },
    ]);
    const error = await errorOf(c.insertOne({ a: 1, b: 2 }));
    expect(error.code).to.equal(11000);
    expect(error.keyPattern).to.deep.equal({ a: 1, b: -1 });
    expect(error.keyValue).to.deep.equal({ a: 1, b: 2 });
    expect(error.message).to.include('E11000 duplicate key error collection').and.include('a_1_b_-1');
    expect(await codeOf(c.updateOne({ b: 1 }, { $set: { b: 2 } }))).to.equal(11000);
    await c.updateOne({ b: 1 }, { $set: { b: 3 } });
    await c.insertOne({ a: 1, b: 1 });
  });

  it('counts a missing field as null in a unique index, unless it is sparse', async () => {
    const c = store.fresh();
    await c.createIndex({ k: 1 }, { unique: true });
    await c.insertOne({});
    expect(await codeOf(c.insertOne({ k: null }))).to.equal(11000);
    const sparse = store.fresh();
    await sparse.createIndex({ k: 1 }, { unique: true, sparse: true });
    await sparse.insertMany([{}, {}, { k: 1 }]);
    expect(await codeOf(sparse.insertOne({ k: 1 }))).to.equal(11000);
    expect(await sparse.countDocuments({ k: null })).to.equal(2);
    expect(await sparse.find().sort({ k: 1 }).toArray()).to.have.length(3);
  });

  it('enforces a partial unique index within its filter only, and uses it when the query implies it', async () => {
    const c = store.fresh();
    await c.createIndex({ k: 1 }, { unique: true, partialFilterExpression: { active: true } });
    await c.insertMany([
      { k: 1, active: false },
      { k: 1, active: false },
      { k: 1, active: true },
    ]);
    expect(await codeOf(c.insertOne({ k: 1, active: true }))).to.equal(11000);
    expect(await codeOf(c.updateMany({ k: 1 }, { $set: { active: true } }))).to.equal(11000);
    expect((await explained(c.find({ k: 1, active: true }))).index).to.equal('k_1');
    expect((await explained(c.find({ k: 1 }))).index).to.equal(undefined);
    expect(await c.countDocuments({ k: 1 })).to.equal(3);
  });

  it('refuses a unique index over duplicates and leaves nothing behind', async () => {
    const c = store.fresh();
    await c.insertMany([{ k: 1 }, { k: 1 }]);
    expect(await codeOf(c.createIndex({ k: 1 }, { unique: true }))).to.equal(11000);
    expect((await c.indexes()).map(({ name }) => name)).to.deep.equal(['_id_']);
    await c.createIndex({ k: 1 });
    expect(await c.countDocuments({ k: 1 })).to.equal(2);
  });

  it('indexes the items of arrays, each key of a unique index on one document only', async () => {
    const c = store.fresh();
    await c.createIndex({ tags: 1 }, { unique: true });
    await c.insertMany([{ tags: ['a', 'b', 'a'] }, { tags: ['c'] }]);
    expect(await codeOf(c.insertOne({ tags: ['x', 'b'] }))).to.equal(11000);
    expect((await explained(c.find({ tags: { $in: ['a', 'b'] } }))).returned).to.equal(1);
    await c.createIndex({ 'l.k': 1, 'l.v': 1 });
    await c.insertOne({
      tags: 'z',
      l: [
        { k: 1, v: 9 },
        { k: 8, v: 2 },
      ],
    });
    expect(await c.countDocuments({ 'l.k': 1, 'l.v': 2 })).to.equal(1);
    expect(await c.countDocuments({ l: { $elemMatch: { k: 1, v: 2 } } })).to.equal(0);
    expect((await explained(c.find({ l: { $elemMatch: { k: 1, v: 9 } } }))).index).to.equal('l.k_1_l.v_1');
    await c.createIndex({ x: 1, y: 1 });
    expect(await codeOf(c.insertOne({ tags: 'p', x: [1], y: [2] }))).to.equal(171);
  });

  it('answers an inbox of 20 000 without scanning it', async function () {
    this.timeout(20_000);
    const c = store.fresh();
    await c.createIndex({ groups: 1, state: 1, at: -1 });
    await c.createIndex({ assignee: 1, state: 1 });
    const docs = Array.from({ length: 20_000 }, (_, i) => ({
      groups: [`g${i % 50}`, `h${i % 30}`],
      state: i % 3 === 0 ? 'open' : 'done',
      at: new Date(i * 1000),
      assignee: i % 500 === 0 ? 'me' : null,
      i,
    }));
    await c.insertMany(docs);
    const inbox = () =>
      c
        .find({ groups: { $in: ['g3', 'h4'] }, state: 'open' })
        .sort({ at: -1 })
        .limit(20);
    const wanted = docs.filter(
      ({ groups, state }) => state === 'open' && (groups.includes('g3') || groups.includes('h4')),
    );
    expect((await inbox().toArray()).map(({ i }) => i)).to.deep.equal(
      wanted
        .reverse()
        .slice(0, 20)
        .map(({ i }) => i),
    );
    const plan = await explained(inbox());
    expect(plan).to.include({ index: 'groups_1_state_1_at_-1', isSorting: false, returned: 20 });
    expect(plan.keys).to.be.lessThan(60);
    const either = await explained(
      c.find({
        $or: [
          { assignee: 'me', state: 'open' },
          { groups: 'g7', state: 'open' },
        ],
      }),
    );
    expect(either.index).to.equal('OR');
    expect(either.keys).to.be.lessThan(200);
  });

  it('serves equality, ranges, prefixes, sorts in both directions and text prefixes', async () => {
    const c = store.fresh();
    await c.createIndex({ a: 1, b: -1 });
    await c.createIndex({ t: 1 });
    await c.insertMany(Array.from({ length: 300 }, (_, i) => ({ a: i % 3, b: i, t: `T-${i}` })));
    const at = async (filter: mongo.Document, sort: mongo.Sort = {}) => explained(c.find(filter).sort(sort));
    expect(await at({ a: 1 })).to.include({ index: 'a_1_b_-1', keys: 100 });
    expect(await at({ a: 1, b: { $gte: 10, $lt: 20 } })).to.include({ keys: 4, returned: 4 });
    expect(await at({ a: 1 }, { b: 1 })).to.include({ isSorting: false });
    expect(await at({ a: 1 }, { b: -1 })).to.include({ isSorting: false });
    expect(await at({ a: { $in: [0, 2] } }, { b: -1 })).to.include({ isSorting: false, returned: 200 });
    expect(await at({}, { a: -1, b: 1 })).to.include({ index: 'a_1_b_-1', isSorting: false });
    expect(await at({}, { a: 1, b: 1 })).to.include({ index: undefined, isSorting: true });
    expect(await at({ b: 1 })).to.include({ index: undefined });
    expect(await at({ t: /^T-1/ })).to.include({ index: 't_1', returned: 111, keys: 111 });
    const down = await c
      .find({ a: { $in: [0, 2] } })
      .sort({ b: -1 })
      .toArray();
    expect(down.map(({ b }) => b)).to.deep.equal(down.map(({ b }) => b).sort((x, y) => y - x));
  });

  it('gives the same answers with indexes as without', async function () {
    this.timeout(20_000);
    const plain = store.fresh();
    const indexed = store.fresh();
    const values = [null, 0, 1, 2.5, 'a', 'b', ['a', 1], [], [null], { x: 1 }, new Date(1), true, undefined];
    const docs = Array.from({ length: 400 }, (_, i) => ({
      _id: i as never,
      a: values[i % 13],
      b: values[(i * 7) % 11],
      c: i % 5,
    }));
    await plain.insertMany(docs, { ignoreUndefined: true });
    await indexed.createIndexes([{ key: { a: 1, c: -1 } }, { key: { b: -1 } }, { key: { c: 1, a: -1 } }]);
    await indexed.insertMany(docs, { ignoreUndefined: true });
    const operands = [null, 1, 'a', { x: 1 }, new Date(1), [], true];
    const filters: mongo.Document[] = operands.flatMap((v) => [
      { a: v },
      { b: { $gte: v } },
      { a: { $lt: v }, c: 2 },
      { b: { $in: [v, 0] } },
      { c: { $in: [1, 3] }, a: v },
    ]);
    const sorts: mongo.Sort[] = [
      { a: 1, _id: 1 },
      { c: 1, a: -1, _id: 1 },
      { b: -1, _id: 1 },
    ];
    for (const filter of filters)
      for (const sort of sorts) {
        const ids = (c: mongo.Collection) =>
          c
            .find(filter)
            .sort(sort)
            .map(({ _id }) => _id)
            .toArray();
        expect(await ids(indexed), JSON.stringify({ filter, sort })).to.deep.equal(await ids(plain));
      }
  });

  it('fills several indexes at once, with more keys than are put in order at a time', async function () {
    this.timeout(60_000);
    const c = store.fresh();
    const keyed = (i: number) => ({
      _id: i as never,
      tags: [0, 1, 2, 3, 4].map((n) => `a tag of forty letters, and number ${n}-${(i * 7919) % 1000}`),
      owner: i % 100,
    });
    for (let from = 0; from < 40_000; from += 10_000)
      await c.insertMany(Array.from({ length: 10_000 }, (_, i) => keyed(from + i)));
    await c.createIndexes([{ key: { tags: 1 } }, { key: { owner: 1, _id: 1 }, unique: true }]);
    const filters: mongo.Document[] = [
      { tags: 'a tag of forty letters, and number 3-17' },
      { owner: 7, _id: { $lt: 4_000 } },
    ];
    for (const filter of filters) {
      const plan = await explained(c.find(filter));
      expect([plan.keys, plan.returned], JSON.stringify(filter)).to.deep.equal([40, 40]);
    }
  });

  it('reads nothing to find what is among no values', async () => {
    const c = store.fresh();
    await c.insertMany([{ a: 1 }, { a: 2 }]);
    const filters: mongo.Document[] = [
      { _id: { $in: [] } },
      { _id: { $in: [] }, a: 1 },
      { _id: { $all: [] } },
    ];
    for (const filter of filters) {
      const plan = await explained(c.find(filter));
      expect([plan.index, plan.keys, plan.returned]).to.deep.equal(['_id_', 0, 0]);
    }
  });

  it('looks up thousands of values, as populate does, without a scan', async () => {
    const c = store.fresh();
    await c.insertMany(Array.from({ length: 3000 }, (_, i) => ({ _id: i as never, n: i })));
    const ids = Array.from({ length: 1500 }, (_, i) => i * 2);
    const plan = await explained(c.find({ _id: { $in: ids as never[] } }).sort({ n: 1 }));
    expect(plan).to.include({ index: '_id_', keys: 1500, returned: 1500, isSorting: true });
  });

  it('ends the cursors on a collection whose index goes away', async () => {
    const c = store.fresh();
    await c.createIndex({ n: 1 });
    await c.insertMany(Array.from({ length: 100 }, (_, n) => ({ n })));
    const cursor = c.find({ n: { $gte: 0 } }).batchSize(10);
    await cursor.next();
    await c.dropIndex('n_1');
    expect(await codeOf(cursor.toArray())).to.equal(43);
  });

  it('lists, refuses unknown kinds and options, and drops indexes', async () => {
    const c = store.fresh();
    await c.createIndex({ a: 1 }, { expireAfterSeconds: 60 });
    await c.createIndex({ a: 1 }, { expireAfterSeconds: 60 });
    expect(await c.indexes()).to.deep.equal([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1 }, name: 'a_1', expireAfterSeconds: 60 },
    ]);
    expect(await codeOf(c.createIndex({ a: 1 }, { expireAfterSeconds: 61 }))).to.equal(85);
    expect(await codeOf(c.createIndex({ a: 1 }, { name: 'other', expireAfterSeconds: 60 }))).to.equal(85);
    expect(await codeOf(c.createIndex({ b: 1 }, { name: 'a_1' }))).to.equal(86);
    expect(await codeOf(c.createIndex({ b: 'text' }))).to.equal(67);
    expect(await codeOf(c.createIndex({ b: '2dsphere' }))).to.equal(67);
    expect(await codeOf(c.createIndex({ b: 1 }, { collation: { locale: 'fr' } }))).to.equal(197);
    expect(await codeOf(c.createIndex({ b: 1 }, { hidden: true }))).to.equal(197);
    await c.dropIndex('a_1');
    expect(await codeOf(c.dropIndex('a_1'))).to.equal(27);
    expect(await codeOf(c.dropIndex('_id_'))).to.equal(72);
    await c.createIndex({ z: 1 });
    await c.dropIndexes();
    expect(await c.indexes()).to.have.length(1);
  });

  it('deletes expired documents', async () => {
    const c = store.fresh();
    await c.createIndex({ at: 1 }, { expireAfterSeconds: 1 });
    await c.insertMany([
      { at: new Date(Date.now() - 5000) },
      { at: new Date(Date.now() + 60_000) },
      { at: 'never' },
      {},
      { at: [new Date(0), new Date(Date.now() + 60_000)] },
    ]);
    for (let i = 0; i < 60 && (await c.countDocuments()) > 3; i++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await c.countDocuments()).to.equal(3);
  });
});

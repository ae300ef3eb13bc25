import { expect } from 'chai';
import type { mongo } from 'mongoose';
import { codeOf, errorOf, useStore } from './support/store.ts';

describe('what is not supported', () => {
  const store = useStore();

  it('names an unknown command', async () => {
    const error = await errorOf(store.db.command({ mapReduce: 'c' }));
    expect([error.code, error.codeName]).to.deep.equal([59, 'CommandNotFound']);
  });

  it('refuses unknown and unsupported fields of commands', async () => {
    const collation = { locale: 'ar' };
    const commands: mongo.Document[] = [
      { find: 'c', collation },
      { find: 'c', hint: 'a_1' },
      { find: 'c', min: { a: 1 } },
      { find: 'c', tailable: true },
      { find: 'c', let: { a: 1 } },
      { find: 'c', nonsense: 1 },
      { count: 'c', collation },
      { distinct: 'c', key: 'a', collation },
      { aggregate: 'c', pipeline: [], cursor: {}, collation },
      { aggregate: 'c', pipeline: [], cursor: {}, explain: true },
      { insert: 'c', documents: [{}], nonsense: 1 },
      { update: 'c', updates: [{ q: {}, u: {}, collation }] },
      { update: 'c', updates: [{ q: {}, u: {}, hint: 'x' }] },
      { update: 'c', updates: [{ q: {}, u: {}, c: {} }] },
      { delete: 'c', deletes: [{ q: {}, limit: 0, collation }] },
      { findAndModify: 'c', remove: true, hint: 'x' },
      { create: 'c2', capped: true, size: 1000 },
      { create: 'c2', validator: {} },
      { create: 'c2', timeseries: { timeField: 't' } },
      { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a' }], commitQuorum: 1 },
      { find: 'c', readConcern: { level: 'snapshot', atClusterTime: 1 } },
      { find: 'c', $readPreference: { mode: 'primary', tags: [] } },
      { insert: 'c', documents: [{}], writeConcern: { w: 1, provenance: 'x' } },
      { ping: 1, nonsense: 1 },
      { hello: 1, nonsense: 1 },
    ];
    for (const command of commands)
      expect(await codeOf(store.db.command(command)), JSON.stringify(command)).to.equal(40415);
  });

  it('refuses unknown values of known fields', async () => {
    expect(await codeOf(store.db.command({ find: 'c', readConcern: { level: 'nope' } }))).to.equal(2);
    expect(await codeOf(store.db.command({ insert: 'c', documents: [{}], writeConcern: { w: 3 } }))).to.equal(
      100,
    );
    expect(await codeOf(store.db.command({ find: 'c', noCursorTimeout: true }))).to.equal(2);
    expect(await codeOf(store.db.command({ find: 'c', limit: -1 }))).to.equal(51024);
    expect(await codeOf(store.db.command({ find: 'c', sort: { a: 'up' } }))).to.equal(2);
    expect(await codeOf(store.db.command({ find: 'c', singleBatch: 1 }))).to.equal(14);
    expect(await codeOf(store.db.command({ find: 'a$b' }))).to.equal(73);
    expect(await codeOf(store.db.command({ delete: 'c', deletes: [{ q: {}, limit: 2 }] }))).to.equal(9);
    expect(await codeOf(store.db.command({ getMore: 5, collection: 'c' }))).to.equal(14);
    expect(await codeOf(store.db.command({ explain: { count: 'c' } }))).to.equal(2);
  });

  it('refuses unknown stages, accumulators and expressions before reading anything', async () => {
    const c = store.fresh();
    const run = (...pipeline: mongo.Document[]) => codeOf(c.aggregate(pipeline).toArray());
    for (const stage of [
      '$lookup',
      '$facet',
      '$bucket',
      '$out',
      '$merge',
      '$setWindowFields',
      '$sample',
      '$nope',
    ])
      expect(await run({ [stage]: {} }), stage).to.equal(40324);
    for (const accumulator of ['$percentile', '$median', '$stdDevPop', '$topN'])
      expect(await run({ $group: { _id: 1, x: { [accumulator]: {} } } }), accumulator).to.equal(15952);
    expect(await run({ $project: { x: { $function: {} } } })).to.equal(168);
    expect(await run({ $group: { _id: '$$NOW' } })).to.equal(17276);
    expect(await run({ $limit: 0 })).to.equal(15958);
    expect(await run({ $match: { $expr: {} } })).to.equal(2);
    expect(await run({ $unwind: { path: '$a', includeArrayIndex: 'i' } })).to.equal(28811);
  });
});

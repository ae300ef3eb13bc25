import { expect } from 'chai';
import type { mongo } from 'mongoose';
import { codeOf, useStore } from './support/store.ts';

describe('updates', () => {
  const store = useStore();

  async function updated(
    document: mongo.Document,
    update: mongo.Document,
    options: mongo.UpdateOptions = {},
    filter: mongo.Document = {},
  ) {
    const c = store.fresh();
    await c.insertOne({ _id: 1 as never, ...document });
    await c.updateOne(filter, update, options);
    const { _id, ...fields } = (await c.findOne({})) as mongo.Document;
    expect(_id).to.equal(1);
    return fields;
  }

  it('sets, unsets, increments, multiplies, renames', async () => {
    expect(
      await updated(
        { a: 1, b: 1, c: 2, d: 3 },
        {
          $set: { 'x.y': 1 },
          $unset: { a: '' },
          $inc: { b: 2, n: 1 },
          $mul: { c: 3, z: 5 },
          $rename: { d: 'e' },
        },
      ),
    ).to.deep.equal({ b: 3, c: 6, n: 1, x: { y: 1 }, z: 0, e: 3 });
    expect(await updated({ a: [1, 2] }, { $unset: { 'a.0': 1 } })).to.deep.equal({ a: [null, 2] });
    expect(await updated({ a: 5 }, { $min: { a: 3, m: 1 }, $max: { x: 2 } })).to.deep.equal({
      a: 3,
      m: 1,
      x: 2,
    });
    expect((await updated({}, { $currentDate: { at: true } })).at).to.be.instanceOf(Date);
  });

  it('grows an array with nulls, also under an index', async () => {
    const c = store.fresh();
    await c.createIndex({ e: 1 });
    await c.insertOne({ e: [1] });
    await c.updateOne({}, { $set: { 'e.3': 4 } });
    expect((await c.findOne({}))?.e).to.deep.equal([1, null, null, 4]);
    expect(await c.countDocuments({ e: 4 })).to.equal(1);
  });

  it('pushes, pulls, pops and adds to sets', async () => {
    expect(
      await updated({ a: [3, 1] }, { $push: { a: { $each: [2, 9], $sort: 1, $slice: -3 } } }),
    ).to.deep.equal({ a: [2, 3, 9] });
    expect(await updated({ a: [1, 2] }, { $push: { a: { $each: [8, 9], $position: 1 } } })).to.deep.equal({
      a: [1, 8, 9, 2],
    });
    expect(
      await updated({ a: [{ n: 2 }] }, { $push: { a: { $each: [{ n: 1 }], $sort: { n: 1 } } } }),
    ).to.deep.equal({ a: [{ n: 1 }, { n: 2 }] });
    expect(await updated({}, { $push: { a: 1 } })).to.deep.equal({ a: [1] });
    expect(await updated({ a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } })).to.deep.equal({ a: [1] });
    expect(await updated({ a: [{ k: 1, v: 1 }, { k: 2 }] }, { $pull: { a: { k: 1 } } })).to.deep.equal({
      a: [{ k: 2 }],
    });
    expect(await updated({ a: ['x', 'y'] }, { $pullAll: { a: ['x'] } })).to.deep.equal({ a: ['y'] });
    expect(await updated({ a: [1, 2, 3] }, { $pop: { a: -1 } })).to.deep.equal({ a: [2, 3] });
    expect(await updated({ a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } })).to.deep.equal({
      a: [1, 2],
    });
  });

  it('refuses array operators on what is not an array', async () => {
    for (const operator of ['$push', '$addToSet', '$pull'])
      expect(await codeOf(updated({ a: 1 }, { [operator]: { a: 1 } })), operator).to.equal(2);
    expect(await codeOf(updated({ a: 1 }, { $pop: { a: 1 } }))).to.equal(14);
    expect(await codeOf(updated({ a: 1 }, { $set: { 'a.$[]': 1 } }))).to.equal(2);
  });

  it('follows $, $[] and $[name]', async () => {
    expect(
      await updated({ a: [{ k: 1 }, { k: 2 }] }, { $set: { 'a.$.v': 7 } }, {}, { 'a.k': 2 }),
    ).to.deep.equal({ a: [{ k: 1 }, { k: 2, v: 7 }] });
    expect(
      await updated(
        { a: [{ k: 1 }, { k: 2 }] },
        { $set: { 'a.$.v': 7 } },
        {},
        { a: { $elemMatch: { k: { $gt: 1 } } } },
      ),
    ).to.deep.equal({ a: [{ k: 1 }, { k: 2, v: 7 }] });
    expect(await updated({ a: [1, 2] }, { $inc: { 'a.$[]': 10 } })).to.deep.equal({ a: [11, 12] });
    expect(
      await updated(
        {
          a: [
            { k: 1, s: 'o' },
            { k: 5, s: 'o' },
          ],
        },
        { $set: { 'a.$[e].s': 'x' } },
        { arrayFilters: [{ 'e.k': { $gte: 5 }, 'e.s': 'o' }] },
      ),
    ).to.deep.equal({
      a: [
        { k: 1, s: 'o' },
        { k: 5, s: 'x' },
      ],
    });
    expect(await codeOf(updated({ a: [1] }, { $set: { 'a.$': 1 } }))).to.equal(2);
    expect(await codeOf(updated({ a: [1] }, { $set: { 'a.$[x]': 1 } }))).to.equal(2);
    expect(await codeOf(updated({ a: [1] }, { $set: { a: 1 } }, { arrayFilters: [{ x: 1 }] }))).to.equal(9);
  });

  it('refuses conflicting paths', async () => {
    expect(await codeOf(updated({}, { $set: { a: 1 }, $inc: { a: 1 } }))).to.equal(40);
    expect(await codeOf(updated({}, { $set: { a: 1, 'a.b': 1 } }))).to.equal(40);
    expect(await codeOf(updated({ a: [1] }, { $set: { 'a.$[]': 1 }, $inc: { 'a.0': 1 } }))).to.equal(40);
    expect(await codeOf(updated({ a: 1 }, { $set: { 'a.b': 1 } }))).to.equal(28);
  });

  it('lets _id be set to what it is and to nothing else', async () => {
    expect(await updated({}, { $set: { _id: 1, a: 1 } })).to.deep.equal({ a: 1 });
    expect(await codeOf(updated({}, { $set: { _id: 2 } }))).to.equal(66);
    expect(await codeOf(updated({}, { $unset: { _id: 1 } }))).to.equal(66);
    const c = store.fresh();
    await c.insertOne({ _id: null as never, a: 1 }, { forceServerObjectId: true });
    await c.replaceOne({}, { b: 1 });
    expect(await c.findOne({})).to.deep.equal({ _id: null, b: 1 });
    expect(await codeOf(c.replaceOne({}, { _id: 5 } as never))).to.equal(66);
  });

  it('refuses pipelines, unknown operators and unknown modifiers', async () => {
    const c = store.fresh();
    await c.insertOne({ a: [1] });
    expect(await codeOf(c.updateOne({}, [{ $set: { a: 1 } }] as never))).to.equal(2);
    expect(await codeOf(c.updateOne({}, { $bit: { a: { or: 1 } } }))).to.equal(9);
    expect(await codeOf(c.updateOne({}, { $push: { a: { $each: [1], $nope: 1 } } as never }))).to.equal(2);
    expect(await codeOf(c.updateOne({}, { $inc: { a: 'x' as never } }))).to.equal(14);
    expect(await codeOf(c.updateOne({}, { $set: { a: 2 } }, { collation: { locale: 'ar' } }))).to.equal(
      40415,
    );
    expect(await codeOf(c.updateOne({}, { $set: { a: 2 } }, { hint: { a: 1 } }))).to.equal(40415);
    expect((await c.findOne({}))?.a).to.deep.equal([1]);
  });

  it('upserts from the equalities of the filter', async () => {
    const c = store.fresh();
    const result = await c.updateOne(
      { k: 'x', 'a.b': { $eq: 2 }, n: { $gt: 5 } },
      { $set: { v: 1 }, $setOnInsert: { w: 2 } },
      { upsert: true },
    );
    expect(result.upsertedCount).to.equal(1);
    const { _id, ...made } = (await c.findOne({ k: 'x' })) as mongo.Document;
    expect(_id).to.deep.equal(result.upsertedId);
    expect(made).to.deep.equal({ k: 'x', a: { b: 2 }, v: 1, w: 2 });
    await c.updateOne({ _id: 'mine' as never }, { $inc: { n: 1 } }, { upsert: true });
    expect(await c.findOne({ _id: 'mine' as never })).to.deep.equal({ _id: 'mine', n: 1 });
    await c.replaceOne({ q: 1 }, { z: 1 }, { upsert: true });
    expect(await c.countDocuments({ q: 1 })).to.equal(0);
  });

  it('honours sort in updateOne and findOneAndUpdate, counts what changed', async () => {
    const c = store.fresh();
    await c.insertMany([{ n: 1 }, { n: 3 }, { n: 2 }]);
    const after = await c.findOneAndUpdate(
      {},
      { $set: { hit: true } },
      { sort: { n: -1 }, returnDocument: 'after', projection: { _id: 0 } },
    );
    expect(after).to.deep.equal({ n: 3, hit: true });
    await c.updateOne({}, { $set: { last: true } }, { sort: { n: -1 } });
    expect((await c.findOne({ last: true }))?.n).to.equal(3);
    const result = await c.updateMany({}, { $set: { n: 3 } });
    expect([result.matchedCount, result.modifiedCount]).to.deep.equal([3, 2]);
    expect((await c.findOneAndDelete({}, { sort: { _id: -1 } }))?.n).to.equal(3);
    expect(await c.findOneAndUpdate({ n: 99 }, { $set: { a: 1 } })).to.equal(null);
  });

  it('refuses documents MongoDB would not store', async () => {
    const c = store.fresh();
    expect(await codeOf(c.insertOne({ $a: 1 }))).to.equal(52);
    await c.insertOne({ s: '' });
    const big = 'x'.repeat(9 * 1024 * 1024);
    await c.updateOne({}, { $set: { s: big } });
    expect(await codeOf(c.updateOne({}, { $set: { t: big } }))).to.equal(10334);
    let deep: mongo.Document = {};
    for (let i = 0; i < 200; i++) deep = { deep };
    expect(await codeOf(c.insertOne(deep))).to.equal(15);
  });
});

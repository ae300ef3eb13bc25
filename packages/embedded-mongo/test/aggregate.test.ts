import { expect } from 'chai';
import { mongo } from 'mongoose';
import { codeOf, useStore } from './support/store.ts';

describe('aggregation', () => {
  const store = useStore();
  let c: mongo.Collection<mongo.Document>;
  const run = (...pipeline: mongo.Document[]) => c.aggregate(pipeline).toArray();

  before(async () => {
    c = store.fresh();
    await c.insertMany([
      { _id: 1 as never, g: 'a', n: 1, tags: ['x', 'y'], at: new Date('2024-02-29T23:00:00Z') },
      { _id: 2 as never, g: 'b', n: 2.5, tags: [], s: { k: 1 } },
      { _id: 3 as never, g: 'a', n: mongo.Long.fromNumber(4), tags: ['x'], s: { k: 2 } },
      { _id: 4 as never, n: null },
    ]);
  });

  it('groups with every accumulator, a missing key under null', async () => {
    const groups = await run(
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: '$g',
          sum: { $sum: '$n' },
          avg: { $avg: '$n' },
          min: { $min: '$n' },
          max: { $max: '$n' },
          first: { $first: '$_id' },
          last: { $last: '$_id' },
          all: { $push: '$_id' },
          set: { $addToSet: '$g' },
          count: { $count: {} },
        },
      },
      { $sort: { _id: 1 } },
    );
    expect(groups).to.deep.equal([
      { _id: null, sum: 0, avg: null, min: null, max: null, first: 4, last: 4, all: [4], set: [], count: 1 },
      { _id: 'a', sum: 5, avg: 2.5, min: 1, max: 4, first: 1, last: 3, all: [1, 3], set: ['a'], count: 2 },
      { _id: 'b', sum: 2.5, avg: 2.5, min: 2.5, max: 2.5, first: 2, last: 2, all: [2], set: ['b'], count: 1 },
    ]);
  });

  it('groups by documents and counts', async () => {
    const groups = await run(
      { $group: { _id: { g: '$g', has: { $gt: ['$n', 1] } }, n: { $sum: 1 } } },
      { $sort: { '_id.g': 1, '_id.has': 1 } },
    );
    expect(groups.map(({ _id, n }) => [_id, n])).to.deep.equal([
      [{ has: false }, 1],
      [{ g: 'a', has: false }, 1],
      [{ g: 'a', has: true }, 1],
      [{ g: 'b', has: true }, 1],
    ]);
    expect(await run({ $match: { g: 'a' } }, { $count: 'n' })).to.deep.equal([{ n: 2 }]);
    expect(await run({ $match: { g: 'zz' } }, { $count: 'n' })).to.deep.equal([]);
    expect(await c.countDocuments({ g: 'zz' })).to.equal(0);
    expect(await c.countDocuments({}, { skip: 1, limit: 2 })).to.equal(2);
    expect(await c.estimatedDocumentCount()).to.equal(4);
  });

  it('unwinds, keeping empties only when told', async () => {
    expect(
      (await run({ $unwind: '$tags' }, { $sort: { _id: 1 } })).map(({ _id, tags }) => [_id, tags]),
    ).to.deep.equal([
      [1, 'x'],
      [1, 'y'],
      [3, 'x'],
    ]);
    const kept = await run({ $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } });
    expect(kept.map(({ _id, tags }) => [_id, tags])).to.deep.equal([
      [1, 'x'],
      [1, 'y'],
      [2, undefined],
      [3, 'x'],
      [4, undefined],
    ]);
  });

  it('projects, sets and unsets', async () => {
    expect(
      await run(
        { $match: { _id: 3 } },
        { $project: { _id: 0, g: 1, double: { $multiply: ['$n', 2] }, 's.k': 1 } },
      ),
    ).to.deep.equal([{ g: 'a', s: { k: 2 }, double: 8 }]);
    expect(await run({ $match: { _id: 2 } }, { $project: { tags: 0, s: 0 } })).to.deep.equal([
      { _id: 2, g: 'b', n: 2.5 },
    ]);
    expect(
      await run({ $match: { _id: 2 } }, { $set: { 's.z': '$n', g: 'q' } }, { $unset: ['tags', 's.k'] }),
    ).to.deep.equal([{ _id: 2, g: 'q', n: 2.5, s: { z: 2.5 } }]);
    expect(await run({ $skip: 1 }, { $limit: 1 }, { $project: { _id: 1 } })).to.deep.equal([{ _id: 2 }]);
  });

  it('computes expressions', async () => {
    const compute = async (expression: unknown, id = 1) =>
      (await run({ $match: { _id: id } }, { $project: { _id: 0, r: expression } }))[0]?.r;
    expect(await compute({ $cond: [{ $gte: ['$n', 1] }, 'yes', 'no'] })).to.equal('yes');
    expect(await compute({ $cond: [{ $eq: ['$g', 'b'] }, 1, { $literal: '$x' }] })).to.equal('$x');
    expect(await compute({ $ifNull: ['$nope', '$n', 7] }, 4)).to.equal(7);
    expect(await compute({ $size: '$tags' })).to.equal(2);
    expect(await compute({ $arrayElemAt: ['$tags', -1] })).to.equal('y');
    expect(await compute({ $in: ['x', '$tags'] })).to.equal(true);
    expect(await compute({ $concat: ['$g', '-', { $toString: '$n' }] })).to.equal('a-1');
    expect(
      await compute([{ $year: '$at' }, { $month: '$at' }, { $dayOfMonth: '$at' }, { $hour: '$at' }]),
    ).to.deep.equal([2024, 2, 29, 23]);
    expect(await compute({ $subtract: ['$at', new Date('2024-02-29T22:59:00Z')] })).to.equal(60_000);
    expect(await compute({ $divide: ['$n', 4] })).to.equal(0.25);
    expect(await compute({ $mergeObjects: ['$s', { z: 1 }] }, 2)).to.deep.equal({ k: 1, z: 1 });
    expect(await codeOf(compute({ $divide: [1, 0] }))).to.equal(2);
    expect(await codeOf(compute({ $size: '$g' }))).to.equal(17124);
  });

  it('runs inside a transaction on its snapshot', async () => {
    await store.client.withSession(async (session) => {
      session.startTransaction();
      await c.insertOne({ g: 'a', n: 100 }, { session });
      const [inside] = await c
        .aggregate([{ $match: { g: 'a' } }, { $group: { _id: null, n: { $sum: '$n' } } }], { session })
        .toArray();
      expect(inside?.n).to.equal(105);
      await session.abortTransaction();
    });
  });
});

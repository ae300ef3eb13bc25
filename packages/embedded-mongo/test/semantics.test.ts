import { expect } from 'chai';
import { mongo } from 'mongoose';
import { codeOf, useStore } from './support/store.ts';

const { Decimal128, Double, Int32, Long, ObjectId } = mongo;
const raw = { promoteValues: false } as const;

describe('BSON types', () => {
  const store = useStore();

  it('keeps each number its type', async () => {
    const c = store.fresh();
    await c.insertOne({
      _id: 1 as never,
      double: new Double(2),
      int: new Int32(2),
      long: Long.fromNumber(2),
      decimal: Decimal128.fromString('2.0'),
    });
    const found = await c.findOne({}, raw);
    expect(found?.double).to.be.instanceOf(Double);
    expect(found?.int).to.be.instanceOf(Int32);
    expect(found?.long).to.be.instanceOf(Long);
    expect(String(found?.decimal)).to.equal('2.0');
    for (const field of ['double', 'int', 'long', 'decimal'])
      expect(await c.countDocuments({ [field]: 2 }), field).to.equal(1);
  });

  it('keeps types through updates and promotes as MongoDB does', async () => {
    const c = store.fresh();
    await c.insertOne({
      a: new Double(1),
      b: new Int32(2147483647),
      c: Long.fromNumber(1),
      d: new Int32(1),
      e: Decimal128.fromString('0.1'),
    });
    await c.updateOne(
      {},
      {
        $inc: {
          a: new Int32(1),
          b: new Int32(1),
          c: new Int32(1),
          d: new Double(0.5),
          e: Decimal128.fromString('0.2'),
        },
      },
    );
    const found = await c.findOne({}, raw);
    expect(found?.a).to.be.instanceOf(Double);
    expect(found?.b).to.be.instanceOf(Long);
    expect(String(found?.b)).to.equal('2147483648');
    expect(found?.c).to.be.instanceOf(Long);
    expect(found?.d).to.be.instanceOf(Double);
    expect(String(found?.e)).to.equal('0.3');
  });

  it('is exact beyond 2^53', async () => {
    const c = store.fresh();
    const big = Long.fromString('9007199254740993');
    await c.insertOne({ n: big });
    await c.createIndex({ n: 1 });
    expect(await c.countDocuments({ n: { $gte: big } })).to.equal(1);
    expect(await c.countDocuments({ n: Long.fromString('9007199254740992') })).to.equal(0);
    expect(await c.countDocuments({ n: { $gt: Long.fromString('9007199254740992') } })).to.equal(1);
    expect(await c.countDocuments({ n: { $type: 'long' } })).to.equal(1);
    await c.updateOne({}, { $inc: { n: Long.fromNumber(1) } });
    expect(String((await c.findOne({}, raw))?.n)).to.equal('9007199254740994');
  });

  it('refuses to overflow 64 bits', async () => {
    const c = store.fresh();
    await c.insertOne({ n: Long.MAX_VALUE });
    expect(await codeOf(c.updateOne({}, { $inc: { n: 1 } }))).to.equal(2);
  });

  it('sorts by BSON order across types', async () => {
    const c = store.fresh();
    const inOrder = [
      new mongo.MinKey(),
      null,
      1,
      1.5,
      Long.fromNumber(2),
      'a',
      { a: 1 },
      new mongo.Binary(Buffer.from('x')),
      new ObjectId(),
      false,
      true,
      new Date(0),
      new mongo.Timestamp({ t: 1, i: 1 }),
      new mongo.BSONRegExp('x'),
      new mongo.MaxKey(),
    ];
    await c.insertMany(inOrder.map((v, i) => ({ i, v })).reverse());
    const sorted = () =>
      c
        .find()
        .sort({ v: 1 })
        .map(({ i }) => i)
        .toArray();
    const expected = inOrder.map((_v, i) => i);
    expect(await sorted()).to.deep.equal(expected);
    await c.createIndex({ v: 1 });
    expect(await sorted()).to.deep.equal(expected);
    expect(
      await c
        .find()
        .sort({ v: -1 })
        .map(({ i }) => i)
        .toArray(),
    ).to.deep.equal([...expected].reverse());
  });

  it('counts 2, 2.0 and NumberLong(2) as one _id', async () => {
    const c = store.fresh();
    await c.insertOne({ _id: new Int32(2) as never });
    expect(await codeOf(c.insertOne({ _id: new Double(2) as never }))).to.equal(11000);
    expect(await codeOf(c.insertOne({ _id: Long.fromNumber(2) as never }))).to.equal(11000);
  });

  it('takes null and documents as _id, and no array', async () => {
    const c = store.fresh();
    await c.insertOne({ _id: null as never, a: 1 }, { forceServerObjectId: true });
    await c.insertOne({ _id: { x: 1, y: 2 } as never });
    await c.insertOne({ _id: { y: 2, x: 1 } as never });
    await c.updateOne({ _id: null as never }, { $set: { a: 2 } });
    expect(await c.findOne({ _id: null as never })).to.deep.equal({ _id: null, a: 2 });
    expect(await codeOf(c.insertOne({ _id: { x: 1, y: 2 } as never }))).to.equal(11000);
    expect(await codeOf(c.insertOne({ _id: [1] as never }))).to.equal(53);
  });
});

describe('queries', () => {
  const store = useStore();

  /** The `i` of the documents that match. */
  async function matching(values: readonly mongo.Document[], filter: mongo.Document): Promise<number[]> {
    const c = store.fresh();
    await c.insertMany(values.map((value, i) => ({ i, ...value })));
    return c
      .find(filter)
      .sort({ i: 1 })
      .map(({ i }) => i as number)
      .toArray();
  }

  it('compares with null: missing, null and null in an array, not an empty array', async () => {
    const docs = [{ a: null }, {}, { a: [null, 1] }, { a: [] }, { a: 1 }, { a: { b: null } }];
    expect(await matching(docs, { a: null })).to.deep.equal([0, 1, 2]);
    expect(await matching(docs, { a: { $ne: null } })).to.deep.equal([3, 4, 5]);
    expect(await matching(docs, { a: { $gte: null } })).to.deep.equal([0, 1, 2]);
    expect(await matching(docs, { a: { $in: [null, 1] } })).to.deep.equal([0, 1, 2, 4]);
    expect(
      await matching([{ a: [{ b: 1 }, {}] }, { a: [1] }, { a: 4 }, { a: [{ b: 1 }] }], { 'a.b': null }),
    ).to.deep.equal([0, 2]);
  });

  it('compares with arrays whole and by item', async () => {
    const docs = [{ a: [1, 2] }, { a: [[1, 2], 3] }, { a: [2, 1] }, { a: 1 }, { a: [] }];
    expect(await matching(docs, { a: [1, 2] })).to.deep.equal([0, 1]);
    expect(await matching(docs, { a: [] })).to.deep.equal([4]);
    expect(await matching(docs, { a: 1 })).to.deep.equal([0, 2, 3]);
    expect(await matching([{ a: [0, 10] }, { a: [3] }], { a: { $gt: 1, $lt: 5 } })).to.deep.equal([0, 1]);
    expect(
      await matching([{ a: [0, 10] }, { a: [3] }], { a: { $elemMatch: { $gt: 1, $lt: 5 } } }),
    ).to.deep.equal([1]);
  });

  it('keeps comparisons within a type', async () => {
    const docs = [{ a: 5 }, { a: '5' }, { a: new Date(5) }, { a: true }, {}, { a: Number.NaN }];
    expect(await matching(docs, { a: { $gt: 1 } })).to.deep.equal([0]);
    expect(await matching(docs, { a: { $lt: 9 } })).to.deep.equal([0]);
    expect(await matching(docs, { a: { $gte: '' } })).to.deep.equal([1]);
    expect(await matching(docs, { a: { $lte: Number.NaN } })).to.deep.equal([5]);
  });

  it('matches $all on scalars and arrays', async () => {
    const docs = [{ a: 5 }, { a: [5, 6] }, { a: [6] }];
    expect(await matching(docs, { a: { $all: [5] } })).to.deep.equal([0, 1]);
    expect(await matching(docs, { a: { $all: [5, 6] } })).to.deep.equal([1]);
    expect(await matching(docs, { a: { $all: [] } })).to.deep.equal([]);
  });

  it('matches $size through a dotted path', async () => {
    const docs = [
      { a: [{ b: [1, 2] }] },
      { a: { b: [1] } },
      { a: { b: 2 } },
      { a: [{ b: [1] }, { b: [1, 2] }] },
    ];
    expect(await matching(docs, { 'a.b': { $size: 2 } })).to.deep.equal([0, 3]);
  });

  it('matches $mod on numbers only', async () => {
    const docs = [{ a: 7 }, { a: '7' }, { a: 7.9 }, { a: Number.NaN }, { a: -1 }, { a: Long.fromNumber(3) }];
    expect(await matching(docs, { a: { $mod: [4, 3] } })).to.deep.equal([0, 2, 5]);
    expect(await codeOf(matching(docs, { a: { $mod: [0, 1] } }))).to.equal(2);
  });

  it('matches $type, $exists, $not, $nin, $nor, $regex', async () => {
    const docs = [{ a: 1 }, { a: 'Abc' }, { a: [1, 'x'] }, {}, { a: null }];
    expect(await matching(docs, { a: { $type: 'number' } })).to.deep.equal([0, 2]);
    expect(await matching(docs, { a: { $type: ['array', 'null'] } })).to.deep.equal([2, 4]);
    expect(await matching(docs, { a: { $exists: false } })).to.deep.equal([3]);
    expect(await matching(docs, { a: { $not: { $gte: 1 } } })).to.deep.equal([1, 3, 4]);
    expect(await matching(docs, { a: { $nin: [1, null] } })).to.deep.equal([1]);
    expect(await matching(docs, { $nor: [{ a: 1 }, { a: null }] })).to.deep.equal([1]);
    expect(await matching(docs, { a: { $regex: '^ab', $options: 'i' } })).to.deep.equal([1]);
    expect(await matching(docs, { a: { $not: /x/ } })).to.deep.equal([0, 1, 3, 4]);
  });

  it('refuses what it does not know and malformed operands', async () => {
    const refusals: [mongo.Document, number][] = [
      [{ a: { $in: 5 } }, 2],
      [{ a: { $nope: 1 } }, 2],
      [{ $where: 'true' }, 2],
      [{ $expr: { $eq: [1, 1] } }, 2],
      [{ a: { $near: [1, 2] } }, 2],
      [{ $or: [] }, 2],
      [{ a: { $size: -1 } }, 2],
      [{ a: { $regex: '(' } }, 51091],
      [{ a: { $regex: 'a', $options: 'x' } }, 2],
      [{ a: { $type: 'nope' } }, 2],
      [{ a: { $elemMatch: 1 } }, 2],
      [{ a: { $not: 1 } }, 2],
      [{ a: { $all: 1 } }, 2],
      [{ a: { $gt: 1, b: 1 } }, 2],
      [{ a: { $gt: /x/ } }, 2],
    ];
    for (const [filter, code] of refusals)
      expect(await codeOf(matching([{ a: 1 }], filter)), JSON.stringify(filter)).to.equal(code);
  });

  it('sorts arrays by their least item up and their greatest down', async () => {
    const c = store.fresh();
    await c.insertMany([{ i: 0, a: [5, 1] }, { i: 1, a: 3 }, { i: 2, a: [2, 9] }, { i: 3, a: [] }, { i: 4 }]);
    const order = (direction: 1 | -1) =>
      c
        .find()
        .sort({ a: direction, i: 1 })
        .map(({ i }) => i)
        .toArray();
    expect(await order(1)).to.deep.equal([3, 4, 0, 2, 1]);
    expect(await order(-1)).to.deep.equal([2, 0, 1, 4, 3]);
    await c.createIndex({ a: 1 });
    expect(await order(1)).to.deep.equal([3, 4, 0, 2, 1]);
  });

  it('sorts a value among the documents of an array as null, as an index has it', async () => {
    const c = store.fresh();
    await c.insertMany([
      { i: 0, l: [{ n: Number.NaN }, 1] },
      { i: 1, l: [] },
      { i: 2, l: [{ n: -1 }] },
    ]);
    const order = () =>
      c
        .find()
        .sort({ 'l.n': 1, i: 1 })
        .map(({ i }) => i)
        .toArray();
    expect(await order()).to.deep.equal([0, 1, 2]);
    await c.createIndex({ 'l.n': 1, i: 1 });
    expect(await order()).to.deep.equal([0, 1, 2]);
  });

  it('projects fields, $slice and $elemMatch', async () => {
    const c = store.fresh();
    await c.insertOne({
      _id: 1 as never,
      a: 1,
      s: { x: 1, y: 2 },
      l: [
        { k: 1, v: 5 },
        { k: 2, v: 7 },
        { k: 3, v: 9 },
      ],
    });
    const project = (projection: mongo.Document) => c.findOne({}, { projection });
    expect(await project({ a: 1, _id: 0 })).to.deep.equal({ a: 1 });
    expect(await project({ 's.x': 1 })).to.deep.equal({ _id: 1, s: { x: 1 } });
    expect(await project({ 's.x': 0, l: 0, _id: 0 })).to.deep.equal({ a: 1, s: { y: 2 } });
    expect(await project({ l: { $elemMatch: { k: { $gte: 2 } } } })).to.deep.equal({
      _id: 1,
      l: [{ k: 2, v: 7 }],
    });
    expect(await project({ a: 1, l: { $slice: -1 } })).to.deep.equal({ _id: 1, a: 1, l: [{ k: 3, v: 9 }] });
    expect((await project({ l: { $slice: [1, 1] }, _id: 0 }))?.l).to.deep.equal([{ k: 2, v: 7 }]);
    expect(await project({ 'l.k': 1, _id: 0 })).to.deep.equal({ l: [{ k: 1 }, { k: 2 }, { k: 3 }] });
    expect(await codeOf(project({ a: 1, s: 0 }))).to.equal(31254);
    expect(await codeOf(project({ a: '$s.x' }))).to.equal(2);
    expect(await codeOf(project({ l: { $meta: 'textScore' } }))).to.equal(2);
  });

  it('lists distinct values without inventing null', async () => {
    const c = store.fresh();
    await c.insertMany([{ a: [1, 2] }, { a: 2 }, { b: 1 }, { a: new Double(1) }, { a: null }]);
    expect(await c.distinct('a', { a: { $ne: null } })).to.deep.equal([1, 2]);
    expect(await c.distinct('a')).to.deep.equal([null, 1, 2]);
    expect(await c.distinct('nope')).to.deep.equal([]);
  });

  it('reads big results in batches, each limit kept', async () => {
    const c = store.fresh();
    await c.insertMany(Array.from({ length: 2500 }, (_, i) => ({ i, pad: 'x'.repeat(10) })));
    expect((await c.find().batchSize(7).limit(50).toArray()).length).to.equal(50);
    expect((await c.find().toArray()).map(({ i }) => i)).to.deep.equal(
      Array.from({ length: 2500 }, (_, i) => i),
    );
    expect((await c.find().sort({ i: -1 }).skip(2490).toArray()).map(({ i }) => i)).to.deep.equal([
      9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ]);
    const cursor = c.find().batchSize(2);
    await cursor.next();
    await cursor.close();
  });
});

import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { codeOf, useStore } from './support/store.ts';

const itemSchema = new mongoose.Schema(
  {
    k: { type: String, required: true, unique: true },
    n: { type: Number, default: 0 },
    tags: [String],
    at: Date,
    price: mongoose.Schema.Types.Decimal128,
    big: BigInt,
    any: mongoose.Schema.Types.Mixed,
    lines: [{ id: String, state: String, _id: false }],
  },
  { timestamps: true, optimisticConcurrency: true, minimize: false },
);
itemSchema.index({ n: 1, at: -1 });

describe('mongoose unchanged', () => {
  const store = useStore();
  let connection: Connection;
  let Item: mongoose.Model<mongoose.InferSchemaType<typeof itemSchema>>;

  before(async () => {
    connection = await mongoose.createConnection(store.server.uri, { autoIndex: false }).asPromise();
    Item = connection.model('Item', itemSchema) as unknown as typeof Item;
    await Item.createCollection();
    await Item.createIndexes();
    await Item.syncIndexes();
  });

  after(() => connection.close());

  it('creates, saves, detects a stale save, and deletes', async () => {
    const made = await Item.create({
      k: 'a',
      tags: ['x'],
      at: new Date(5),
      price: '12.50',
      big: 9007199254740993n,
      any: { deep: [1] },
    });
    const one = await Item.findById(made._id).orFail();
    const two = await Item.findById(made._id).orFail();
    expect([String(one.price), one.big, one.any, one.at?.getTime()]).to.deep.equal([
      '12.50',
      9007199254740993n,
      { deep: [1] },
      5,
    ]);
    one.tags.push('y');
    one.n = 2;
    await one.save();
    two.n = 3;
    const error = await two.save().catch((refusal: unknown) => refusal);
    expect(error).to.be.instanceOf(mongoose.Error.VersionError);
    expect((await Item.findOne({ k: 'a' }).lean())?.tags).to.deep.equal(['x', 'y']);
    expect((await Item.deleteOne({ k: 'a' })).deletedCount).to.equal(1);
  });

  it('reports duplicate keys and lists its indexes', async () => {
    await Item.create({ k: 'dup' });
    expect(await codeOf(Item.create({ k: 'dup' }))).to.equal(11000);
    expect((await Item.listIndexes()).map(({ name }) => name)).to.deep.equal(['_id_', 'k_1', 'n_1_at_-1']);
    expect(await Item.diffIndexes()).to.deep.equal({ toDrop: [], toCreate: [] });
  });

  it('lets one of fifty win a compare-and-set', async () => {
    await Item.create({ k: 'cas' });
    for (let n = 0; n < 5; n++) {
      const winners = await Promise.all(
        Array.from({ length: 50 }, () =>
          Item.findOneAndUpdate({ k: 'cas', n }, { $inc: { n: 1 } }, { returnDocument: 'after' }).lean(),
        ),
      );
      expect(winners.filter(Boolean)).to.have.length(1);
    }
  });

  it('lets one of thirty upserts insert', async () => {
    const results = await Promise.all(
      Array.from({ length: 30 }, () => Item.updateOne({ k: 'up' }, { $inc: { n: 1 } }, { upsert: true })),
    );
    expect(results.filter(({ upsertedCount }) => upsertedCount === 1)).to.have.length(1);
    expect((await Item.findOne({ k: 'up' }))?.n).to.equal(30);
  });

  it('writes in bulk, unordered past an error', async () => {
    const result = await Item.bulkWrite([
      { insertOne: { document: { k: 'b1', n: 1 } } },
      { updateOne: { filter: { k: 'b1' }, update: { $inc: { n: 1 } } } },
      { updateOne: { filter: { k: 'b2' }, update: { $set: { n: 9 } }, upsert: true } },
      { deleteOne: { filter: { k: 'b2' } } },
    ]);
    expect([
      result.insertedCount,
      result.modifiedCount,
      result.upsertedCount,
      result.deletedCount,
    ]).to.deep.equal([1, 1, 1, 1]);
    expect(
      await codeOf(Item.insertMany([{ k: 'b3' }, { k: 'b1' }, { k: 'b4' }], { ordered: false })),
    ).to.equal(11000);
    expect(await Item.countDocuments({ k: { $in: ['b3', 'b4'] } })).to.equal(2);
  });

  it('runs a transaction over documents, and undoes it when it throws', async () => {
    await connection.transaction(async (session) => {
      await Item.create([{ k: 't1' }], { session });
      const [inside] = await Item.find({ k: 't1' }).session(session);
      expect(inside?.k).to.equal('t1');
      expect(await Item.findOne({ k: 't1' })).to.equal(null);
    });
    expect(await Item.findOne({ k: 't1' })).not.to.equal(null);
    const boom = new Error('boom');
    const error = await connection
      .transaction(async (session) => {
        await Item.create([{ k: 't2' }], { session });
        throw boom;
      })
      .catch((thrown: unknown) => thrown);
    expect(error).to.equal(boom);
    expect(await Item.exists({ k: 't2' })).to.equal(null);
  });

  it('walks a cursor in order and updates embedded items', async () => {
    await Item.insertMany(Array.from({ length: 500 }, (_, i) => ({ k: `w${i}`, n: 1000 + i })));
    const seen: number[] = [];
    for await (const item of Item.find({ n: { $gte: 1000 } })
      .sort({ n: 1 })
      .batchSize(50)
      .lean()
      .cursor())
      seen.push(item.n);
    expect(seen).to.deep.equal(Array.from({ length: 500 }, (_, i) => 1000 + i));
    await Item.create({
      k: 'lines',
      lines: [
        { id: 'a', state: 'open' },
        { id: 'b', state: 'open' },
      ],
    });
    await Item.updateOne({ k: 'lines', 'lines.id': 'b' }, { $set: { 'lines.$.state': 'done' } });
    const lines = await Item.findOne({ k: 'lines' }).orFail();
    lines.lines.pull({ id: 'a' });
    await lines.save();
    expect((await Item.findOne({ k: 'lines' }).lean())?.lines).to.deep.equal([{ id: 'b', state: 'done' }]);
  });

  it('drops a collection and a database, and lists what there is', async () => {
    await connection.createCollection('gone');
    expect((await connection.listCollections()).map(({ name }) => name)).to.include.members([
      'items',
      'gone',
    ]);
    await connection.dropCollection('gone');
    const other = connection.useDb('other');
    await other.collection('c').insertOne({ a: 1 });
    const { databases } = await store.db.admin().listDatabases();
    expect(databases.map(({ name }) => name)).to.include.members(['shubbak', 'other']);
    await other.dropDatabase();
    expect(await other.collection('c').countDocuments()).to.equal(0);
  });
});

import { expect } from 'chai';
import { mongo } from 'mongoose';
import { RawClient } from './support/rawClient.ts';
import { codeOf, errorOf, useStore } from './support/store.ts';

describe('transactions', () => {
  const store = useStore();
  const sessions: mongo.ClientSession[] = [];

  function begin(): mongo.ClientSession {
    const session = store.client.startSession();
    session.startTransaction();
    sessions.push(session);
    return session;
  }

  async function counter(): Promise<mongo.Collection<mongo.Document>> {
    const c = store.fresh();
    await c.createIndex({ k: 1 }, { unique: true });
    await c.insertOne({ k: 'a', n: 0 });
    return c;
  }

  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.endSession()));
  });

  it('shows its writes to itself at once and to others at commit', async () => {
    const c = await counter();
    const session = begin();
    await c.insertOne({ k: 'b', n: 5 }, { session });
    await c.updateOne({ k: 'a' }, { $inc: { n: 1 } }, { session });
    expect(
      await c
        .find({}, { session })
        .sort({ k: 1 })
        .map(({ n }) => n)
        .toArray(),
    ).to.deep.equal([1, 5]);
    expect(await c.countDocuments({}, { session })).to.equal(2);
    expect(await c.distinct('k', {}, { session })).to.deep.equal(['a', 'b']);
    expect(
      await c
        .find()
        .map(({ n }) => n)
        .toArray(),
    ).to.deep.equal([0]);
    await session.commitTransaction();
    expect(
      await c
        .find()
        .sort({ n: -1 })
        .map(({ n }) => n)
        .toArray(),
    ).to.deep.equal([5, 1]);
  });

  it('leaves nothing behind when aborted', async () => {
    const c = await counter();
    const session = begin();
    await c.deleteOne({ k: 'a' }, { session });
    await c.insertOne({ k: 'b' }, { session });
    expect(await c.countDocuments({}, { session })).to.equal(1);
    await session.abortTransaction();
    expect(
      await c
        .find()
        .map(({ k }) => k)
        .toArray(),
    ).to.deep.equal(['a']);
    await c.insertOne({ k: 'b' });
  });

  it('reads the snapshot of its first operation', async () => {
    const c = await counter();
    const session = begin();
    expect((await c.findOne({ k: 'a' }, { session }))?.n).to.equal(0);
    await c.updateOne({ k: 'a' }, { $set: { n: 7 } });
    await c.insertOne({ k: 'later' });
    expect((await c.findOne({ k: 'a' }, { session }))?.n).to.equal(0);
    expect(await c.countDocuments({}, { session })).to.equal(1);
    await session.commitTransaction();
  });

  it('merges its own writes into sorted reads through an index', async () => {
    const c = store.fresh();
    await c.createIndex({ n: 1 });
    await c.insertMany([1, 3, 5, 7, 9].map((n) => ({ n })));
    const session = begin();
    await c.insertMany([{ n: 4 }, { n: 10 }], { session });
    await c.updateOne({ n: 3 }, { $set: { n: 8 } }, { session });
    await c.deleteOne({ n: 5 }, { session });
    const sorted = (direction: 1 | -1) =>
      c
        .find({}, { session })
        .sort({ n: direction })
        .map(({ n }) => n)
        .toArray();
    expect(await sorted(1)).to.deep.equal([1, 4, 7, 8, 9, 10]);
    expect(await sorted(-1)).to.deep.equal([10, 9, 8, 7, 4, 1]);
    expect(
      await c
        .find({ n: { $gte: 4 } }, { session })
        .sort({ n: 1 })
        .limit(2)
        .map(({ n }) => n)
        .toArray(),
    ).to.deep.equal([4, 7]);
  });

  it('finds by _id what it has made, changed, deleted and made again', async () => {
    const c = store.fresh();
    await c.insertMany([1, 2, 3, 4].map((_id) => ({ _id, n: 0 }) as never));
    const session = begin();
    await c.insertMany(
      [5, 6].map((_id) => ({ _id, n: 5 }) as never),
      { session },
    );
    await c.updateOne({ _id: 2 as never }, { $set: { n: 2 } }, { session });
    await c.deleteMany({ _id: { $in: [3, 4, 6] as never[] } }, { session });
    await c.insertOne({ _id: 4, n: 4 } as never, { session });
    const ids = [1, 2, 3, 4, 5, 6, 7] as never[];
    const found = await c.find({ _id: { $in: ids } }, { session }).toArray();
    expect(found.sort((a, b) => Number(a._id) - Number(b._id))).to.deep.equal([
      { _id: 1, n: 0 },
      { _id: 2, n: 2 },
      { _id: 4, n: 4 },
      { _id: 5, n: 5 },
    ]);
    expect(await c.findOne({ _id: 2 as never, n: 0 }, { session })).to.equal(null);
    expect(
      (await c.updateMany({ _id: { $in: ids }, n: { $gt: 3 } }, { $inc: { n: 1 } }, { session }))
        .matchedCount,
    ).to.equal(2);
    expect(await c.countDocuments({ _id: 5 as never, n: 6 }, { session })).to.equal(1);
    await session.commitTransaction();
    expect(await c.countDocuments({})).to.equal(4);
  });

  it('fails at once on a document another open transaction has written', async () => {
    const c = await counter();
    const [one, two] = [begin(), begin()];
    await c.updateOne({ k: 'a' }, { $inc: { n: 1 } }, { session: one });
    const error = await errorOf(c.updateOne({ k: 'a' }, { $inc: { n: 1 } }, { session: two }));
    expect(error.code).to.equal(112);
    expect(error.hasErrorLabel('TransientTransactionError')).to.equal(true);
    await one.commitTransaction();
    expect((await c.findOne({ k: 'a' }))?.n).to.equal(1);
    expect(await codeOf(c.findOne({}, { session: two }))).to.equal(251);
  });

  it('fails on a document that changed after its snapshot, by a transaction or a plain write', async () => {
    const c = await counter();
    for (const change of ['plain', 'transaction', 'delete']) {
      const session = begin();
      await c.findOne({ k: 'a' }, { session });
      if (change === 'plain') await c.updateOne({ k: 'a' }, { $inc: { n: 1 } });
      else if (change === 'delete') await c.deleteOne({ k: 'a' });
      else {
        const other = begin();
        await c.updateOne({ k: 'a' }, { $inc: { n: 1 } }, { session: other });
        await other.commitTransaction();
      }
      expect(await codeOf(c.updateOne({ k: 'a' }, { $inc: { n: 1 } }, { session })), change).to.equal(112);
    }
  });

  it('lets two transactions on different documents commit', async () => {
    const c = await counter();
    await c.insertOne({ k: 'b', n: 0 });
    const [one, two] = [begin(), begin()];
    await c.updateOne({ k: 'a' }, { $inc: { n: 1 } }, { session: one });
    await c.updateOne({ k: 'b' }, { $inc: { n: 1 } }, { session: two });
    await two.commitTransaction();
    await one.commitTransaction();
    expect(await c.countDocuments({ n: 1 })).to.equal(2);
  });

  it('detects unique keys across transactions', async () => {
    const c = await counter();
    const [one, two] = [begin(), begin()];
    await c.insertOne({ k: 'x' }, { session: one });
    expect(await codeOf(c.insertOne({ k: 'x' }, { session: two }))).to.equal(112);
    const three = begin();
    await c.findOne({}, { session: three });
    await one.commitTransaction();
    expect(await codeOf(c.insertOne({ k: 'x' }, { session: three }))).to.equal(112);
    expect(await codeOf(c.insertOne({ k: 'x' }, { session: begin() }))).to.equal(11000);
  });

  it('lets a key move within a transaction', async () => {
    const c = await counter();
    const session = begin();
    await c.updateOne({ k: 'a' }, { $set: { k: 'b' } }, { session });
    await c.insertOne({ k: 'a', n: 1 }, { session });
    expect(
      await codeOf(c.insertOne({ k: 'c' }, { session }).then(() => c.insertOne({ k: 'b' }, { session }))),
    ).to.equal(11000);
    const again = begin();
    await c.updateOne({ k: 'a' }, { $set: { k: 'b' } }, { session: again });
    await c.insertOne({ k: 'a', n: 1 }, { session: again });
    await again.commitTransaction();
    expect(
      await c
        .find()
        .sort({ k: 1 })
        .map(({ k, n }) => [k, n])
        .toArray(),
    ).to.deep.equal([
      ['a', 1],
      ['b', 0],
    ]);
  });

  it('makes a plain write wait for the transaction, then go on', async () => {
    const c = await counter();
    const session = begin();
    await c.updateOne({ k: 'a' }, { $inc: { n: 1 } }, { session });
    let isDone = false;
    const plain = c.updateOne({ k: 'a' }, { $inc: { n: 10 } }).then(() => {
      isDone = true;
    });
    await c.updateOne({ k: 'nobody' }, { $inc: { n: 1 } });
    expect(isDone).to.equal(false);
    await session.commitTransaction();
    await plain;
    expect((await c.findOne({ k: 'a' }))?.n).to.equal(11);
  });

  it('gives up a plain write whose time is over', async () => {
    const c = await counter();
    const session = begin();
    await c.updateOne({ k: 'a' }, { $inc: { n: 1 } }, { session });
    const update = { update: c.collectionName, updates: [{ q: { k: 'a' }, u: { $inc: { n: 10 } } }] };
    expect(await codeOf(store.db.command({ ...update, maxTimeMS: 100 }))).to.equal(50);
    await session.abortTransaction();
    expect((await c.findOne({ k: 'a' }))?.n).to.equal(0);
  });

  it('keeps a collection created inside invisible until commit', async () => {
    const name = `made${Date.now()}`;
    const c = store.db.collection(name);
    const listed = async () => (await store.db.listCollections({ name }).toArray()).length;
    const session = begin();
    await c.insertOne({ a: 1 }, { session });
    expect(await listed()).to.equal(0);
    expect(await c.countDocuments()).to.equal(0);
    await session.abortTransaction();
    expect(await listed()).to.equal(0);
    const again = begin();
    await store.db.createCollection(name, { session: again });
    await c.createIndex({ a: 1 }, { unique: true, session: again });
    await c.insertOne({ a: 1 }, { session: again });
    await again.commitTransaction();
    expect(await listed()).to.equal(1);
    expect(await codeOf(c.insertOne({ a: 1 }))).to.equal(11000);
  });

  it('aborts the old transaction when the session begins a new one', async () => {
    const c = await counter();
    const raw = await RawClient.connect(store.server.uri);
    const lsid = { id: new mongo.UUID() };
    const set = (txnNumber: number, n: number) =>
      raw.send({
        update: c.collectionName,
        updates: [{ q: { k: 'a' }, u: { $set: { n } } }],
        $db: 'test',
        lsid,
        txnNumber: mongo.Long.fromNumber(txnNumber),
        autocommit: false,
        startTransaction: true,
      });
    expect((await set(1, 1)).ok).to.equal(1);
    expect((await set(2, 2)).ok).to.equal(1);
    const commit = (txnNumber: number) =>
      raw.send({
        commitTransaction: 1,
        $db: 'admin',
        lsid,
        txnNumber: mongo.Long.fromNumber(txnNumber),
        autocommit: false,
      });
    expect((await commit(1)).code).to.equal(251);
    expect((await commit(2)).ok).to.equal(1);
    expect((await commit(2)).ok).to.equal(1);
    expect((await set(2, 3)).code).to.equal(225);
    expect((await c.findOne({ k: 'a' }))?.n).to.equal(2);
    raw.close();
  });

  it('retries twenty concurrent increments to the right sum', async function () {
    this.timeout(30_000);
    const c = await counter();
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const session = store.client.startSession();
        await session.withTransaction(async () => {
          const found = await c.findOne({ k: 'a' }, { session });
          await c.updateOne({ k: 'a' }, { $set: { n: found?.n + 1 } }, { session });
        });
        await session.endSession();
      }),
    );
    expect((await c.findOne({ k: 'a' }))?.n).to.equal(20);
  });

  it('never shows a sum that is not there', async () => {
    const c = store.fresh();
    await c.insertMany(Array.from({ length: 5 }, (_, i) => ({ _id: i as never, n: 100 })));
    const total = async (session?: mongo.ClientSession) =>
      (await c.find({}, session ? { session } : {}).toArray()).reduce((sum, { n }) => sum + n, 0);
    const transfer = async (i: number) => {
      await store.client.withSession((session) =>
        session.withTransaction(async () => {
          await c.updateOne({ _id: (i % 5) as never }, { $inc: { n: -7 } }, { session });
          await c.updateOne({ _id: ((i + 2) % 5) as never }, { $inc: { n: 7 } }, { session });
          expect(await total(session)).to.equal(500);
        }),
      );
    };
    const sums: number[] = [];
    let isBusy = true;
    const reader = (async () => {
      while (isBusy) sums.push(await total());
    })();
    await Promise.all(Array.from({ length: 15 }, (_, i) => transfer(i)));
    isBusy = false;
    await reader;
    expect(new Set(sums)).to.deep.equal(new Set([500]));
    expect(await total()).to.equal(500);
  });

  it('gives up a read whose time is over, and only then', async () => {
    const c = store.fresh();
    await c.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ n })));
    expect(await codeOf(c.find({ n: { $in: [/x/, -1] } }, { maxTimeMS: 1 }).toArray())).to.equal(50);
    const cursor = c.find({}, { maxTimeMS: 1000, batchSize: 10 });
    await cursor.next();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await cursor.toArray()).length).to.equal(19_999);
  });

  it('refuses what a transaction may not do', async () => {
    const c = await counter();
    expect(await codeOf(c.drop({ session: begin() }))).to.equal(263);
    expect(await codeOf(c.createIndex({ z: 1 }, { session: begin() }))).to.equal(263);
  });

  it('frees its locks when the session ends or the connection is lost', async () => {
    const c = await counter();
    const session = begin();
    await c.updateOne({ k: 'a' }, { $inc: { n: 1 } }, { session });
    await session.endSession();
    await c.updateOne({ k: 'a' }, { $inc: { n: 1 } }, { maxTimeMS: 2000 });
    const other = await new mongo.MongoClient(store.server.uri).connect();
    const lost = other.startSession();
    lost.startTransaction();
    await other
      .db('test')
      .collection(c.collectionName)
      .updateOne({ k: 'a' }, { $inc: { n: 100 } }, { session: lost });
    await other.close(true);
    await c.updateOne({ k: 'a' }, { $inc: { n: 1 } }, { maxTimeMS: 2000 });
    expect((await c.findOne({ k: 'a' }))?.n).to.equal(2);
  });
});

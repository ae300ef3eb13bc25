import { expect } from 'chai';
import { mongo } from 'mongoose';
import { codeOf, useStore } from './support/store.ts';

describe('bulkWrite over several collections', () => {
  const store = useStore();

  it('writes to several collections in one command', async () => {
    const result = await store.client.bulkWrite(
      [
        { name: 'insertOne', namespace: 'test.one', document: { _id: 1 as never, a: 1 } },
        { name: 'updateOne', namespace: 'test.one', filter: { a: 1 }, update: { $inc: { a: 1 } } },
        {
          name: 'updateOne',
          namespace: 'test.two',
          filter: { k: 1 },
          update: { $set: { v: 1 } },
          upsert: true,
        },
        { name: 'replaceOne', namespace: 'test.two', filter: { k: 1 }, replacement: { k: 2 } },
        { name: 'deleteMany', namespace: 'test.two', filter: {} },
      ],
      { verboseResults: true },
    );
    expect(result).to.include({
      insertedCount: 1,
      matchedCount: 2,
      modifiedCount: 2,
      upsertedCount: 1,
      deletedCount: 1,
    });
    expect(result.insertResults?.get(0)?.insertedId).to.equal(1);
    expect(result.updateResults?.get(2)?.upsertedId).to.be.instanceOf(mongo.ObjectId);
    expect(await store.db.collection('one').findOne({})).to.deep.equal({ _id: 1, a: 2 });
  });

  it('stops at the first error when ordered and goes on when not', async () => {
    const insert = (_id: number) => ({
      name: 'insertOne' as const,
      namespace: 'test.dup',
      document: { _id: _id as never },
    });
    for (const [ordered, stored] of [
      [true, 1],
      [false, 2],
    ] as const) {
      await store.db.collection('dup').deleteMany({});
      const error = await store.client
        .bulkWrite([insert(1), insert(1), insert(2)], { ordered })
        .catch((failure: unknown) => failure);
      expect(error).to.be.instanceOf(mongo.MongoClientBulkWriteError);
      expect(
        [...(error as mongo.MongoClientBulkWriteError).writeErrors.values()].map(({ code }) => code),
      ).to.deep.equal([11000]);
      expect(await store.db.collection('dup').countDocuments()).to.equal(stored);
    }
  });

  it('belongs to a transaction like any write', async () => {
    await store.client.withSession(async (session) => {
      session.startTransaction();
      await store.client.bulkWrite([{ name: 'insertOne', namespace: 'test.txn', document: {} }], { session });
      expect(await store.db.collection('txn').countDocuments()).to.equal(0);
      await session.commitTransaction();
      expect(await store.db.collection('txn').countDocuments()).to.equal(1);
    });
  });

  it('refuses unknown options and operations', async () => {
    const admin = store.client.db('admin');
    const base = { bulkWrite: 1, nsInfo: [{ ns: 'test.x' }] };
    expect(await codeOf(admin.command({ ...base, ops: [{ insert: 0, document: {}, nope: 1 }] }))).to.equal(
      40415,
    );
    expect(
      await codeOf(
        admin.command({ ...base, ops: [{ update: 0, filter: {}, updateMods: {}, collation: {} }] }),
      ),
    ).to.equal(40415);
    expect(await codeOf(admin.command({ ...base, ops: [{ insert: 0, document: {} }], let: {} }))).to.equal(
      40415,
    );
    expect(await codeOf(store.db.command({ ...base, ops: [{ insert: 0, document: {} }] }))).to.equal(13);
  });
});

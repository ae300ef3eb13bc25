import { expect } from 'chai';
import { mongo } from 'mongoose';
import { startEmbeddedMongo } from '../src/index.ts';
import { RawClient } from './support/rawClient.ts';
import { makeDirectory, useStore } from './support/store.ts';

const numbered = (txnNumber: number, lsid: object) => ({
  $db: 'test',
  lsid,
  txnNumber: mongo.Long.fromNumber(txnNumber),
});

describe('repeated writes', () => {
  const store = useStore();

  it('does a numbered write once, whatever the connection', async () => {
    const lsid = { id: new mongo.UUID() };
    const increment = {
      findAndModify: 'r',
      query: { k: 1 },
      update: { $inc: { n: 1 } },
      upsert: true,
      new: true,
      ...numbered(1, lsid),
    };
    const first = await RawClient.connect(store.server.uri);
    const reply = await first.send(increment);
    expect(reply.value.n).to.equal(1);
    first.close();
    const second = await RawClient.connect(store.server.uri);
    expect(await second.send(increment)).to.deep.equal(reply);
    expect((await second.send({ ...increment, ...numbered(2, lsid) })).value.n).to.equal(2);
    expect((await second.send({ ...increment, ...numbered(1, lsid) })).code).to.equal(225);
    expect((await store.db.collection('r').findOne({ k: 1 }))?.n).to.equal(2);
    second.close();
  });

  it('does it once across a kill and a new start', async () => {
    const directory = await makeDirectory();
    const lsid = { id: new mongo.UUID() };
    const insert = { insert: 'r', documents: [{ _id: 1 }], ...numbered(1, lsid) };
    const before = await startEmbeddedMongo({ directory });
    const raw = await RawClient.connect(before.uri);
    expect(await raw.send(insert)).to.include({ n: 1, ok: 1 });
    process.kill(before.pid, 'SIGKILL');
    expect((await before.exited).signal).to.equal('SIGKILL');
    const after = await startEmbeddedMongo({ directory });
    const again = await RawClient.connect(after.uri);
    const reply = await again.send(insert);
    expect(reply).to.include({ n: 1, ok: 1 });
    expect(reply.writeErrors).to.equal(undefined);
    again.close();
    await after.stop();
  });

  it('repeats a commit without doing it again', async () => {
    const raw = await RawClient.connect(store.server.uri);
    const lsid = { id: new mongo.UUID() };
    const inTransaction = { ...numbered(1, lsid), autocommit: false };
    await store.db.createCollection('t');
    expect(
      (await raw.send({ insert: 't', documents: [{ a: 1 }], ...inTransaction, startTransaction: true })).n,
    ).to.equal(1);
    const commit = { commitTransaction: 1, ...inTransaction, $db: 'admin' };
    expect((await raw.send(commit)).ok).to.equal(1);
    expect((await raw.send(commit)).ok).to.equal(1);
    expect(await store.db.collection('t').countDocuments()).to.equal(1);
    expect((await raw.send({ insert: 't', documents: [{}], ...inTransaction })).code).to.equal(256);
    raw.close();
  });

  it('does not keep a write that failed as a whole', async () => {
    const raw = await RawClient.connect(store.server.uri);
    const lsid = { id: new mongo.UUID() };
    expect((await raw.send({ insert: 'r', documents: [], ...numbered(1, lsid) })).code).to.equal(16);
    expect((await raw.send({ insert: 'r', documents: [{}], ...numbered(1, lsid) })).n).to.equal(1);
    raw.close();
  });
});

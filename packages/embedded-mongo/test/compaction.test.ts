import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { mongo } from 'mongoose';
import { startEmbeddedMongo } from '../src/index.ts';
import { CommitQueue } from '../src/server/commitQueue.ts';
import { compact, sliceBytes } from '../src/server/compaction.ts';
import { Store } from '../src/storage/store.ts';
import { decode, encode } from '../src/values/codec.ts';
import { makeDirectory } from './support/store.ts';

const megabyte = 1024 ** 2;

function fill(store: Store, from: number, megabytes: number): void {
  const collection = store.plain.ensureCollection('test.c');
  store.db.exec('begin');
  for (let n = from; n < from + megabytes * 16; n++)
    store.plain.insert(collection, decode(encode({ _id: n, text: 'x'.repeat(megabyte / 16) })));
  store.db.exec('commit');
}

function empty(store: Store, from: number): void {
  store.db.exec(`delete from docs where r in (select r from docs order by r limit -1 offset ${from})`);
}

describe('free space', function () {
  this.timeout(60_000);

  it('goes back to the disk after many deletes, while others are served', async () => {
    const directory = await makeDirectory();
    const server = await startEmbeddedMongo({ directory });
    const client = await new mongo.MongoClient(server.uri).connect();
    const c = client.db('test').collection<{ _id: number; text?: string }>('c');
    const size = async () => (await stat(join(directory, 'store.db'))).size;
    for (let n = 0; n < 320; n += 32)
      await c.insertMany(
        Array.from({ length: 32 }, (_, i) => ({ _id: n + i, text: 'x'.repeat(megabyte / 16) })),
      );
    await c.deleteMany({ _id: { $gte: 8 } });
    // when
    let answered = 0;
    do answered += (await c.findOne({ _id: answered % 8 })) === null ? 0 : 1;
    while ((await size()) > 4 * megabyte);
    // then
    expect(answered).to.be.greaterThan(0);
    expect(await c.countDocuments()).to.equal(8);
    await client.close();
    await server.stop();
  });

  it('goes in slices, between which others have their turn', async () => {
    const store = new Store(await makeDirectory());
    const queue = new CommitQueue(store);
    fill(store, 0, 8);
    empty(store, 1);
    const before = store.space();
    const seen: number[] = [];
    let isOver = false;
    const watch = () => {
      if (isOver) return;
      seen.push(store.space().total);
      setImmediate(watch);
    };
    watch();
    // when
    await compact(store, queue, () => false);
    isOver = true;
    // then
    const steps = seen.slice(1).map((total, i) => (seen[i] ?? 0) - total);
    expect(Math.max(...steps)).to.be.at.most(sliceBytes + 4096);
    expect(store.space().total).to.be.at.most(before.total - before.free + megabyte + 4096);
    expect(store.db.prepare('pragma integrity_check').get()?.integrity_check).to.equal('ok');
    store.close();
  });

  it('is kept when it is little, and compaction ends when the server does', async () => {
    const store = new Store(await makeDirectory());
    const queue = new CommitQueue(store);
    fill(store, 0, 3);
    empty(store, 1);
    const little = store.space();
    await compact(store, queue, () => false);
    expect(store.space()).to.deep.equal(little);
    fill(store, 100, 8);
    empty(store, 1);
    const much = store.space();
    await compact(store, queue, () => true);
    expect(store.space()).to.deep.equal(much);
    store.close();
  });
});

import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { mongo } from 'mongoose';
import { startEmbeddedMongo } from '../src/index.ts';
import { CommitQueue } from '../src/server/commitQueue.ts';
import { serve } from '../src/server/server.ts';
import { Store } from '../src/storage/store.ts';
import { decode, encode } from '../src/values/codec.ts';
import { RawClient } from './support/rawClient.ts';
import { codeOf, makeDirectory } from './support/store.ts';

const pageBytes = 4096;

describe('the disk', function () {
  this.timeout(30_000);

  it('being full refuses the whole commit, keeps what was there, and writes again when there is room', async () => {
    const store = new Store(await makeDirectory());
    const queue = new CommitQueue(store);
    const write = (size: number) =>
      queue.submit(() => {
        const collection = store.plain.ensureCollection('test.c');
        store.plain.insert(collection, decode(encode({ _id: size, text: 'x'.repeat(size) })));
        return { ok: 1 };
      }, undefined);
    await write(10);
    const { page_count: pages } = store.db.prepare('pragma page_count').get() as { page_count: number };
    store.db.exec(`pragma max_page_count=${pages + 2}`);
    // when one of three writes that share a commit finds no room
    const answers = await Promise.allSettled([write(20), write(100_000), write(30)]);
    // then
    for (const answer of answers) {
      expect(answer.status).to.equal('rejected');
      expect(answer.status === 'rejected' && answer.reason).to.include({ code: 14031 });
    }
    const collection = store.plain.collection('test.c');
    expect(collection && store.reader.count(collection.id)).to.equal(1);
    store.db.exec('pragma max_page_count=100000');
    await write(100_000);
    expect(collection && store.reader.count(collection.id)).to.equal(2);
    store.close();
  });

  it('being full refuses a transaction as a whole, and answers reads', async () => {
    const store = new Store(await makeDirectory());
    const server = await serve(store, { secret: 'x'.repeat(24), log: () => undefined });
    const client = await new mongo.MongoClient(server.uri).connect();
    const c = client.db('test').collection<{ _id: number; text: string }>('c');
    await c.insertOne({ _id: 1, text: 'first' });
    const { page_count: pages } = store.db.prepare('pragma page_count').get() as { page_count: number };
    const pair = (first: number) =>
      client.withSession((session) =>
        session.withTransaction(async () => {
          await c.insertOne({ _id: first, text: 'small' }, { session });
          await c.insertOne({ _id: first + 1, text: 'x'.repeat(100_000) }, { session });
        }),
      );
    // when
    store.db.exec(`pragma max_page_count=${pages + 2}`);
    expect(await codeOf(pair(2))).to.equal(14031);
    expect(await codeOf(c.createIndex({ text: 1 }, { name: 'a'.repeat(20_000) }))).to.equal(14031);
    // then
    expect((await c.find().toArray()).map(({ _id }) => _id)).to.deep.equal([1]);
    expect(await c.indexes()).to.have.length(1);
    store.db.exec('pragma max_page_count=100000');
    await pair(2);
    expect(await c.countDocuments()).to.equal(3);
    await client.close();
    await server.stop();
  });

  it('being really full loses nothing that was acknowledged, and goes on when there is room', async function () {
    // Only where an ordinary user may mount a small disk of the own.
    const canMount = spawnSync('unshare', ['--map-root-user', '--mount', 'true']).status === 0;
    if (!canMount) {
      process.stderr.write('      not run: this machine lets nobody mount a small disk (unshare)\n');
      return this.skip();
    }
    const directory = await makeDirectory();
    const script = fileURLToPath(new URL('support/fullDisk.ts', import.meta.url));
    const mount = `mount -t tmpfs -o size=20m none '${directory}'`;
    const run = `'${process.execPath}' --import tsx '${script}' '${directory}'`;
    // when
    const done = spawnSync('unshare', ['--map-root-user', '--mount', 'sh', '-c', `${mount} && ${run}`], {
      encoding: 'utf8',
    });
    // then
    expect(done.status, done.stderr).to.equal(0);
    const { acknowledged, stored, refusals, afterwards, restarted } = JSON.parse(done.stdout);
    expect(acknowledged).to.be.greaterThan(10);
    expect(stored).to.equal(acknowledged);
    expect(refusals).to.deep.equal([14031]);
    expect(afterwards).to.equal(acknowledged + 1);
    expect(restarted).to.equal(afterwards);
  });

  it('being damaged is told at the start, rather than served', async () => {
    const directory = await makeDirectory();
    const server = await startEmbeddedMongo({ directory });
    const client = await new mongo.MongoClient(server.uri).connect();
    const texts = Array.from({ length: 500 }, (_, n) => ({ text: 'x'.repeat(200) + n }));
    await client.db('test').collection('c').insertMany(texts);
    await client.close();
    await server.stop();
    const file = join(directory, 'store.db');
    const bytes = await readFile(file);
    const page = Math.floor(bytes.length / pageBytes / 2);
    for (let i = 0; i < 512; i++) {
      const at = page * pageBytes + 1024 + i;
      bytes[at] = (bytes[at] ?? 0) ^ 0x5a;
    }
    await writeFile(file, bytes);
    // when
    const outcome = await startEmbeddedMongo({ directory }).catch((refusal: Error) => refusal);
    // then
    if (!(outcome instanceof Error)) await outcome.stop();
    expect(outcome).to.be.instanceOf(Error);
    expect((outcome as Error).message).to.match(/store\.db is damaged and must be restored from a backup/);
  });

  it('keeps a commit whose answer was lost with the server, and does not do it again', async () => {
    const directory = await makeDirectory();
    const before = await startEmbeddedMongo({ directory });
    const inTransaction = {
      lsid: { id: new mongo.UUID() },
      txnNumber: mongo.Long.fromNumber(1),
      autocommit: false,
    };
    const commit = { commitTransaction: 1, ...inTransaction, $db: 'admin' };
    const raw = await RawClient.connect(before.uri);
    const insert = { insert: 'c', documents: [{ _id: 1 }], ...inTransaction, $db: 'test' };
    await raw.send({ ...insert, startTransaction: true });
    await raw.send(commit);
    process.kill(before.pid, 'SIGKILL');
    await before.exited;
    // when
    const after = await startEmbeddedMongo({ directory });
    const again = await RawClient.connect(after.uri);
    // then
    expect(await again.send(commit)).to.include({ ok: 1 });
    expect((await again.send({ ...commit, txnNumber: mongo.Long.fromNumber(2) })).code).to.equal(251);
    expect((await again.send({ ...insert, startTransaction: true })).code).to.equal(225);
    expect((await again.send({ count: 'c', $db: 'test' })).n).to.equal(1);
    again.close();
    await after.stop();
  });
});

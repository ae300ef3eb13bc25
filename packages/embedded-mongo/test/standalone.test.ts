import { stat, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { mongo } from 'mongoose';
import { startStandalone } from './support/process.ts';
import { RawClient } from './support/rawClient.ts';
import { makeDirectory } from './support/store.ts';

const portOf = (uri: string) => new URL(uri).port;

/** What a start that must fail says. */
async function refusal(directory: string, ...args: string[]): Promise<string> {
  const outcome = await startStandalone(directory, ...args).catch((error: Error) => error);
  if (outcome instanceof Error) return outcome.message;
  await outcome.end('SIGKILL');
  throw new Error('the store started');
}

describe('a store that several processes use', function () {
  this.timeout(60_000);

  it('has the same address and secret after a restart', async () => {
    const directory = await makeDirectory();
    const first = await startStandalone(directory, '--port', '0');
    expect(await first.end('SIGINT')).to.equal(0);
    // when
    const second = await startStandalone(directory, '--port', portOf(first.uri));
    // then
    expect(second.uri).to.equal(first.uri);
    if (process.platform !== 'win32')
      expect((await stat(join(directory, 'secret'))).mode & 0o777).to.equal(0o600);
    expect(await second.end('SIGTERM')).to.equal(0);
  });

  for (const signal of ['SIGTERM', 'SIGKILL'] as const)
    it(`is found again by its clients after ${signal}, with every write done at most once`, async () => {
      // given: clients that write all the time
      const directory = await makeDirectory();
      let server = await startStandalone(directory, '--port', '0');
      const client = await new mongo.MongoClient(server.uri).connect();
      const counters = client.db('test').collection<{ _id: string; n: number }>('counters');
      const done = new Map<string, number>();
      const failed: string[] = [];
      let isOver = false;
      const writers = ['a', 'b', 'c', 'd'].map(async (_id) => {
        await counters.insertOne({ _id, n: 0 });
        while (!isOver) {
          await counters.updateOne({ _id }, { $inc: { n: 1 } }).then(
            () => done.set(_id, (done.get(_id) ?? 0) + 1),
            (error: unknown) => {
              expect(error).to.be.instanceOf(mongo.MongoNetworkError);
              failed.push(_id);
            },
          );
        }
      });
      const progress = async () => {
        const before = [...done.values()].reduce((sum, n) => sum + n, 0);
        while ([...done.values()].reduce((sum, n) => sum + n, 0) < before + 20)
          await new Promise((resolve) => setTimeout(resolve, 10));
      };
      await progress();
      // when
      await server.end(signal);
      server = await startStandalone(directory, '--port', portOf(server.uri));
      await progress();
      isOver = true;
      await Promise.all(writers);
      // then: of the writes cut off by a kill the driver repeats one; of the others nobody knows
      if (signal === 'SIGTERM') expect(failed).to.deep.equal([]);
      for (const { _id, n } of await counters.find().toArray()) {
        const acknowledged = done.get(_id) ?? 0;
        expect(n).to.be.within(acknowledged, acknowledged + failed.filter((id) => id === _id).length);
      }
      await client.close();
      await server.end('SIGTERM');
    });

  it('repeats a transaction that its restart broke', async () => {
    const directory = await makeDirectory();
    let server = await startStandalone(directory, '--port', '0');
    const client = await new mongo.MongoClient(server.uri).connect();
    const c = client.db('test').collection<{ _id: number }>('c');
    let attempts = 0;
    // when
    await client.withSession((session) =>
      session.withTransaction(async () => {
        attempts++;
        await c.insertOne({ _id: 1 }, { session });
        if (attempts === 1) {
          await server.end('SIGKILL');
          server = await startStandalone(directory, '--port', portOf(server.uri));
        }
        await c.insertOne({ _id: 2 }, { session });
      }),
    );
    // then
    expect(attempts).to.equal(2);
    expect(await c.countDocuments()).to.equal(2);
    await client.close();
    await server.end('SIGTERM');
  });

  it('is served by one process, and a second one says by which', async () => {
    const directory = await makeDirectory();
    const holder = await startStandalone(directory, '--port', '0');
    // when
    const said = await refusal(directory, '--port', '0');
    // then
    expect(said).to.match(/^exit 1: .*waiting ten seconds/);
    expect(said).to.contain(`${directory} is held by process ${holder.child.pid} since 20`);
    await holder.end('SIGTERM');
  });

  it('says in a sentence why it cannot listen', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    expect(await refusal(await makeDirectory(), '--port', port)).to.equal(
      `exit 1: port ${port} of 127.0.0.1 is taken by another process; choose another port`,
    );
    expect(await refusal(await makeDirectory(), '--port', '0', '--host', '192.0.2.1')).to.contain(
      'this machine has no address 192.0.2.1 to listen on',
    );
    taken.close();
  });

  it('refuses a secret that can be guessed', async () => {
    const directory = await makeDirectory();
    await writeFile(join(directory, 'secret'), 'hunter2', { mode: 0o600 });
    expect(await refusal(directory, '--port', '0')).to.match(/secret must have at least 24 characters/);
  });

  it('closes a secret that others could read, and tells so', async function () {
    if (process.platform === 'win32') return this.skip();
    const directory = await makeDirectory();
    await writeFile(join(directory, 'secret'), 'x'.repeat(30), { mode: 0o644 });
    const server = await startStandalone(directory, '--port', '0');
    expect((await stat(join(directory, 'secret'))).mode & 0o777).to.equal(0o600);
    expect(server.errors.join()).to.contain('could be read by others');
    await server.end('SIGTERM');
  });

  it('is reached from this machine alone, unless another address is asked for', async function () {
    // Every address of 127/8 is this machine's on Linux only.
    if (process.platform !== 'linux') return this.skip();
    const alone = await startStandalone(await makeDirectory(), '--port', '0');
    const error = await new Promise<NodeJS.ErrnoException>((resolve, reject) => {
      connect(Number(portOf(alone.uri)), '127.0.0.2')
        .once('error', resolve)
        .once('connect', reject);
    });
    expect(error.code).to.equal('ECONNREFUSED');
    await alone.end('SIGTERM');
    // when
    const open = await startStandalone(await makeDirectory(), '--port', '0', '--host', '0.0.0.0');
    // then: a driver is led back to the address it came by
    const port = portOf(open.uri);
    const client = await RawClient.connect(
      `mongodb://owner:${new URL(open.uri).password}@127.0.0.2:${port}/`,
    );
    expect((await client.send({ hello: 1, $db: 'admin' })).hosts).to.deep.equal([`127.0.0.2:${port}`]);
    expect(open.errors.join()).to.contain('is not encrypted');
    client.close();
    await open.end('SIGTERM');
  });
});

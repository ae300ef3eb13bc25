import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { mongo } from 'mongoose';
import { DirectoryLockedError, startEmbeddedMongo } from '../src/index.ts';
import { makeDirectory } from './support/store.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

async function lines(child: ReturnType<typeof spawn>, count: number): Promise<string[]> {
  const got: string[] = [];
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) if (got.push(line) === count) break;
  return got;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  for (let i = 0; i < 100 && isAlive(pid); i++) await sleep(50);
  expect(isAlive(pid)).to.equal(false);
}

describe('the process', function () {
  this.timeout(30_000);

  it('keeps what was written when stopped, and gives a new secret each start', async () => {
    const directory = await makeDirectory();
    const first = await startEmbeddedMongo({ directory });
    const client = await new mongo.MongoClient(first.uri).connect();
    await client.db('test').collection('c').insertOne({ a: 1 });
    await client.db('test').collection('c').createIndex({ a: 1 }, { unique: true });
    await client.close();
    await first.stop();
    await first.stop();
    expect(await first.exited).to.deep.equal({ code: 0, signal: null });
    const second = await startEmbeddedMongo({ directory });
    expect(new URL(second.uri).password).not.to.equal(new URL(first.uri).password);
    const again = await new mongo.MongoClient(second.uri).connect();
    const c = again.db('test').collection('c');
    expect((await c.findOne({}))?.a).to.equal(1);
    expect(await c.insertOne({ a: 1 }).catch((error) => error.code)).to.equal(11000);
    await again.close();
    await second.stop();
  });

  it('tells a second start who holds the directory, after waiting for it', async () => {
    const directory = await makeDirectory();
    const holder = await startEmbeddedMongo({ directory });
    const began = Date.now();
    const error = await startEmbeddedMongo({ directory }).catch((refusal: unknown) => refusal);
    expect(error).to.be.instanceOf(DirectoryLockedError);
    expect((error as DirectoryLockedError).holder.pid).to.equal(holder.pid);
    expect(Date.parse((error as DirectoryLockedError).holder.since)).to.be.closeTo(began, 30_000);
    expect(Date.now() - began).to.be.greaterThan(9000);
    await holder.stop();
  });

  it('waits for a dying holder', async () => {
    const directory = await makeDirectory();
    const holder = await startEmbeddedMongo({ directory });
    const next = startEmbeddedMongo({ directory });
    await sleep(500);
    process.kill(holder.pid, 'SIGKILL');
    await (await next).stop();
  });

  it('ends with its parent, however that ends', async () => {
    const directory = await makeDirectory();
    const parent = spawn(process.execPath, ['--import', 'tsx', path('support/parent.ts'), directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [pid] = (await lines(parent, 1)).map(Number) as [number];
    expect(isAlive(pid)).to.equal(true);
    parent.kill('SIGKILL');
    await untilGone(pid);
    const next = await startEmbeddedMongo({ directory });
    const client = await new mongo.MongoClient(next.uri).connect();
    expect(await client.db('test').collection('c').countDocuments()).to.equal(1);
    await client.close();
    await next.stop();
  });

  it('outlives a signal that its owner got too, until the owner lets it end', async () => {
    const server = await startEmbeddedMongo({ directory: await makeDirectory() });
    const client = await new mongo.MongoClient(server.uri).connect();
    // when
    process.kill(server.pid, 'SIGTERM');
    process.kill(server.pid, 'SIGINT');
    // then
    await client.db('test').collection('c').insertOne({});
    await client.close();
    await server.stop();
    expect(await server.exited).to.deep.equal({ code: 0, signal: null });
  });

  it('stops when its signal aborts', async () => {
    const abort = new AbortController();
    const server = await startEmbeddedMongo({ directory: await makeDirectory(), signal: abort.signal });
    abort.abort();
    expect((await server.exited).code).to.equal(0);
    await untilGone(server.pid);
  });
});

import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { mongo } from 'mongoose';
import { type EmbeddedMongo, startEmbeddedMongo } from '../src/index.ts';
import { makeDirectory } from './support/store.ts';

/** `npm run million:store` asks for a million; the sample that runs with the tests shows that the proof still works. */
const DOCUMENTS = Number(process.env.DOCUMENTS ?? 20_000);
const ASKED = 300;
const BATCH = 5_000;
const GROUPS = 100;

/** Bounds for a machine that others use too; the run tells what it saw. */
const STEP_MS = 500;
const PAUSE_MS = 2_000;
const MEMORY_MB = 800;

interface Item {
  _id: number;
  group: string;
  at: number;
  version: number;
  note: string;
}

const item = (id: number): Item => ({
  _id: id,
  group: `group-${id % GROUPS}`,
  at: (id * 7919) % DOCUMENTS,
  version: 1,
  note: 'Two floors above a shop, with plans in three sheets and a model. '.repeat(8),
});

describe(`a store of ${DOCUMENTS.toLocaleString('en')} documents`, function () {
  this.timeout(60_000 + DOCUMENTS * 2);
  let directory: string;
  let server: EmbeddedMongo;
  let client: mongo.MongoClient;
  let items: mongo.Collection<Item>;
  /** Megabytes, of the servers that have ended. */
  let mostMemory = 0;

  async function open(): Promise<void> {
    server = await startEmbeddedMongo({ directory });
    client = await new mongo.MongoClient(server.uri, { connectTimeoutMS: 0 }).connect();
    items = client.db('test').collection<Item>('items');
  }

  async function close(): Promise<void> {
    mostMemory = Math.max(mostMemory, (server && memoryOf(server.pid)?.most) ?? 0);
    await client?.close();
    await server?.stop();
  }

  before(async () => {
    directory = await makeDirectory();
    await open();
    for (let from = 0; from < DOCUMENTS; from += BATCH)
      await items.insertMany(
        Array.from({ length: BATCH }, (_, i) => item(from + i)),
        { ordered: false },
      );
    await items.createIndex({ group: 1, at: 1, _id: 1 });
  });
  after(close);

  /** A page of one group in its order, as somebody reads on. */
  const page = (at: number) =>
    items
      .find({ group: `group-${at % GROUPS}`, at: { $gte: (at * 31) % DOCUMENTS } })
      .sort({ at: 1, _id: 1 })
      .limit(20);

  async function compareAndSet(at: number): Promise<void> {
    const _id = (at * 104_729) % DOCUMENTS;
    const found = await items.findOne({ _id });
    if (found === null) return;
    const { modifiedCount } = await items.updateOne(
      { _id, version: found.version },
      { $inc: { version: 1 } },
    );
    // Others delete meanwhile: what was found may be gone.
    if (modifiedCount === 0) expect(await items.findOne({ _id })).to.equal(null);
  }

  const ninetyFifth = async (work: (at: number) => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    for (let at = 0; at < ASKED; at++) {
      const begun = performance.now();
      await work(at);
      times.push(performance.now() - begun);
    }
    return times.sort((a, b) => a - b)[Math.floor(ASKED * 0.95)] as number;
  };

  it('answers pages, compare-and-sets and inserts as fast as a small one', async () => {
    const { executionStats } = await page(3).explain('executionStats');
    expect(executionStats.totalKeysExamined).to.be.at.most(21);
    const pages = await ninetyFifth(async (at) => page(at).toArray());
    const sets = await ninetyFifth(compareAndSet);
    const inserts = await ninetyFifth((at) => items.insertOne(item(DOCUMENTS + at)));
    tell(
      `95 of 100 within: page ${pages.toFixed(1)} ms, compare-and-set ${sets.toFixed(1)} ms, insert ${inserts.toFixed(1)} ms`,
    );
    for (const time of [pages, sets, inserts]) expect(time).to.be.below(STEP_MS);
  });

  it('lets others work while it is copied', async () => {
    const script = fileURLToPath(new URL('./support/copy.ts', import.meta.url));
    const target = join(await makeDirectory(), 'copy.db');
    const begun = performance.now();
    const copying = promisify(execFile)(process.execPath, ['--import', 'tsx', script, directory, target]);
    const { longest, done } = await workUntil(copying);
    tell(
      `copied ${megabytes(statSync(target).size)} MB in ${((performance.now() - begun) / 1_000).toFixed(1)} s, meanwhile ${done} steps of another client, the longest ${longest.toFixed(0)} ms`,
    );
    expect(done).to.be.above(10);
    expect(longest).to.be.below(PAUSE_MS);
  });

  it('lets others work while the space of what is deleted goes back', async () => {
    const file = join(directory, 'store.db');
    // What is still in the log alone has no size in the file: a store that ends brings all of it there.
    await close();
    await open();
    const before = statSync(file).size;
    const deleting = (async () => {
      for (let from = 0; from < DOCUMENTS; from += BATCH / 5)
        await items.deleteMany({ _id: { $gte: from, $lt: from + BATCH / 10 } });
    })();
    const whileDeleting = await workUntil(deleting);
    const shrinking = (async () => {
      const giveUpAt = Date.now() + 30_000 + DOCUMENTS;
      while (statSync(file).size > before * 0.75 && Date.now() < giveUpAt) await sleep(200);
    })();
    const whileShrinking = await workUntil(shrinking);
    const after = statSync(file).size;
    tell(
      `${megabytes(before)} MB became ${megabytes(after)} MB; the longest step of another client ${whileDeleting.longest.toFixed(0)} ms while deleting 500 at a time, ${whileShrinking.longest.toFixed(0)} ms while shrinking`,
    );
    expect(after).to.be.below(before * 0.75);
    expect(Math.max(whileDeleting.longest, whileShrinking.longest)).to.be.below(PAUSE_MS);
  });

  it('needs no more memory than a small one', function () {
    const memory = memoryOf(server.pid);
    if (memory === null) {
      tell('this system does not tell the memory of another process');
      return this.skip();
    }
    const most = Math.max(memory.most, mostMemory);
    tell(`memory ${memory.now} MB, at most ${most} MB`);
    expect(most).to.be.below(MEMORY_MB);
  });

  /** Works as another client until something is over; gives the longest that one step took, in ms. */
  async function workUntil(over: Promise<unknown>): Promise<{ longest: number; done: number }> {
    let isOver = false;
    const ended = over.finally(() => {
      isOver = true;
    });
    let longest = 0;
    let done = 0;
    while (!isOver) {
      const begun = performance.now();
      await compareAndSet(done);
      await page(done).toArray();
      longest = Math.max(longest, performance.now() - begun);
      done += 1;
    }
    await ended;
    return { longest, done };
  }
});

const megabytes = (bytes: number): number => Math.round(bytes / 1024 ** 2);

const tell = (line: string): void => console.log(`      ${line}`);

/** Resident memory of a process in MB, now and at most so far; null where /proc does not tell it. */
function memoryOf(pid: number): { now: number; most: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const of = (field: string) =>
      Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
    return { now: of('VmRSS'), most: of('VmHWM') };
  } catch {
    return null;
  }
}

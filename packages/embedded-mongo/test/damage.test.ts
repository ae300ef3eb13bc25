import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect } from 'chai';
import { mongo } from 'mongoose';
import { copyStore, StoreStartError, startEmbeddedMongo } from '../src/index.ts';
import { compileFilter } from '../src/query/filter.ts';
import { createPatrol } from '../src/server/patrol.ts';
import { serve } from '../src/server/server.ts';
import { openDatabase } from '../src/storage/database.ts';
import { Store } from '../src/storage/store.ts';
import { find } from '../src/storage/view.ts';
import { decode, encode } from '../src/values/codec.ts';
import { codeOf, makeDirectory } from './support/store.ts';

const pageBytes = 4096;
const documents = 400;
const textOf = (n: number) => `text ${n} ${'x'.repeat(150)}`;

/** A closed store of some documents, with an index besides that of `_id`. */
async function makeStore(): Promise<{ directory: string; file: string }> {
  const directory = await makeDirectory();
  const server = await startEmbeddedMongo({ directory });
  const client = await new mongo.MongoClient(server.uri).connect();
  const c = client.db('test').collection<{ _id: number; text: string }>('c');
  await c.createIndex({ text: 1 });
  await c.insertMany(Array.from({ length: documents }, (_, n) => ({ _id: n, text: textOf(n) })));
  await client.close();
  await server.stop();
  return { directory, file: join(directory, 'store.db') };
}

/** What a start on this directory says; fails when it starts. */
async function refusal(directory: string): Promise<string> {
  const outcome = await startEmbeddedMongo({ directory }).catch((error: unknown) => error);
  if (outcome instanceof StoreStartError) return outcome.message;
  throw new Error(`not refused: ${String(outcome)}`);
}

/** Serves a store inside this process, where a test can reach its pages. */
async function serveHere(directory: string) {
  const lines: string[] = [];
  const store = new Store(directory);
  const server = await serve(store, { secret: 'x'.repeat(24), log: (line) => lines.push(line) });
  const client = await new mongo.MongoClient(server.uri).connect();
  const c = client.db('test').collection<{ _id: number; text: string }>('c');
  return { store, lines, c, stop: () => client.close().then(() => server.stop()) };
}

/** Reads all documents, by the collection and by each key of the index. */
function readAll(store: Store): unknown[] {
  const collection = store.plain.collection('test.c');
  if (collection === undefined) return [];
  const texts = (filter: object) =>
    [...find(store.plain, collection, { filter: compileFilter(decode(encode(filter))) }).records].map(
      ({ document }) => document.text,
    );
  const byIndex = Array.from({ length: documents }, (_, n) => texts({ text: textOf(n) }));
  return [...texts({}), ...byIndex.flat()];
}

describe('a damaged file', function () {
  this.timeout(60_000);

  it('is refused at the start with what to do, wherever it was hit', async () => {
    const sentence = (file: string) => `${file} is damaged and must be restored from a backup: `;
    const { directory, file } = await makeStore();
    const whole = await readFile(file);
    const middle = Math.floor(whole.length / pageBytes / 2) * pageBytes;
    const hits: [string, (bytes: Buffer) => void][] = [
      ['the header', (bytes) => bytes.fill(7, 0, 64)],
      ['a page', (bytes) => bytes.fill(7, middle, middle + pageBytes)],
      ['the list of collections', (bytes) => bytes.write('oops', bytes.indexOf('multikey'))],
    ];
    for (const [name, hit] of hits) {
      const bytes = Buffer.from(whole);
      hit(bytes);
      await writeFile(file, bytes);
      expect(await refusal(directory), name).to.contain(sentence(file));
    }
    await writeFile(file, whole);
    await truncate(file, middle);
    expect(await refusal(directory)).to.contain(sentence(file));
    await writeFile(file, 'not a database at all, but long enough to be taken for one'.repeat(100));
    expect(await refusal(directory)).to.contain(sentence(file));
  });

  it('that is big is looked at before it is served when it was not closed well', async () => {
    const { directory, file } = await makeStore();
    const bytes = await readFile(file);
    const middle = Math.floor(bytes.length / pageBytes / 2) * pageBytes;
    await writeFile(file, bytes.fill(7, middle, middle + pageBytes));
    const open = () => openDatabase(directory, () => undefined, 0);
    // when, then: closed well, its readers will find the damage
    open().close();
    await writeFile(`${file}-wal`, 'what a killed process left');
    expect(open).to.throw(`${file} is damaged`);
  });

  it('never answers with a document that is not what was stored', async () => {
    const { directory, file } = await makeStore();
    const bytes = await readFile(file);
    // One letter of one text, in the document only: the file's structure stays right.
    for (let at = bytes.indexOf(textOf(7)); at >= 0; at = bytes.indexOf(textOf(7), at + 1))
      if (bytes.subarray(at - 30, at).includes('text\0')) bytes[at + 20] = 'y'.charCodeAt(0);
    await writeFile(file, bytes);
    const { c, lines, stop } = await serveHere(directory);
    // when, then
    expect(await codeOf(c.findOne({ _id: 7 }))).to.equal(301);
    expect(await codeOf(c.find().toArray())).to.equal(301);
    expect(await codeOf(c.updateOne({ _id: 7 }, { $set: { a: 1 } }))).to.equal(301);
    expect((await c.findOne({ _id: 8 }))?.text).to.equal(textOf(8));
    expect((await c.updateOne({ _id: 8 }, { $set: { a: 1 } })).modifiedCount).to.equal(1);
    expect(lines.join()).to.match(/damaged and must be restored from a backup: document \d+/);
    await stop();
  });

  it('met while it is read or written gives errors, and the server goes on', async () => {
    const { directory, file } = await makeStore();
    const { store, c, stop } = await serveHere(directory);
    const whole = await readFile(file);
    // given: all pages but the first, which holds no documents, turn to rubbish under the server
    await writeFile(
      file,
      Buffer.concat([whole.subarray(0, pageBytes), Buffer.alloc(whole.length - pageBytes, 7)]),
    );
    store.db.exec('pragma shrink_memory');
    // when, then
    expect(await codeOf(c.findOne({ _id: 7 }))).to.equal(301);
    expect(await codeOf(c.insertOne({ _id: -1, text: '' }))).to.equal(301);
    expect(await codeOf(c.insertOne({ _id: -2, text: '' }))).to.equal(301);
    await writeFile(file, whole);
    store.db.exec('pragma shrink_memory');
    expect((await c.findOne({ _id: 7 }))?.text).to.equal(textOf(7));
    await c.insertOne({ _id: -1, text: '' });
    expect(await c.countDocuments()).to.equal(documents + 1);
    await stop();
  });

  it('is found when an index names a document that is not there', async () => {
    const { directory, file } = await makeStore();
    const db = new DatabaseSync(file);
    db.exec(`delete from docs where r in (select r from docs limit 1 offset 7)`);
    db.close();
    const { c, stop } = await serveHere(directory);
    expect(await codeOf(c.findOne({ text: textOf(7) }))).to.equal(301);
    expect(await codeOf(c.findOne({ $or: [{ text: textOf(7) }, { _id: 7 }] }))).to.equal(301);
    await stop();
    // and no backup is made of it
    const outcome = await copyStore(directory, join(directory, 'copy.db')).catch(
      (error: Error) => error.message,
    );
    expect(outcome).to.contain('names documents that are not there');
  });

  it('is told when an index has lost a document, by who looks round and by the next backup', async () => {
    // given: one bit of one key, as a disk may give it back
    const { directory, file } = await makeStore();
    const bytes = await readFile(file);
    const key = Buffer.from(textOf(7));
    const at = bytes.lastIndexOf(key);
    const other = bytes.indexOf(key);
    expect(at).to.not.equal(other);
    const lines: string[] = [];
    // The document and the key both hold the text; the key's is followed by the end of a text and of a key.
    for (const place of [at, other]) if (bytes[place + key.length + 1] === 0x01) bytes[place + 5] = 0x39;
    await writeFile(file, bytes);
    const store = new Store(directory);
    const patrol = createPatrol(store, (line) => lines.push(line));
    // when
    for (let round = 0; round < documents / 40; round++) patrol();
    store.close();
    // then
    expect(lines).to.have.length(1);
    expect(lines[0]).to.contain('index text_1 of test.c lacks document');
    const target = join(await makeDirectory(), 'copy.db');
    const backup = await copyStore(directory, target).catch((error: Error) => error.message);
    expect(backup).to.contain('index text_1 of test.c lacks document');
  });

  it('says nothing of a store that is whole', async () => {
    const { directory } = await makeStore();
    const lines: string[] = [];
    const store = new Store(directory);
    const patrol = createPatrol(store, (line) => lines.push(line));
    for (let round = 0; round < 30; round++) patrol();
    store.close();
    expect(lines).to.deep.equal([]);
  });

  it('with one bit flipped anywhere is refused, or errs, or is right; and a backup of it is never wrong', async () => {
    const { directory, file } = await makeStore();
    const whole = await readFile(file);
    const right = new Store(directory);
    const expected = readAll(right);
    right.close();
    const outcomes = { refused: 0, erred: 0, right: 0, missed: 0 };
    for (let round = 0, seed = 20_260_105; round < 100; round++) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      const bytes = Buffer.from(whole);
      const at = seed % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (seed >>> 29));
      await writeFile(file, bytes);
      const outcome = look(directory, expected);
      outcomes[outcome]++;
      if (outcome === 'missed') {
        const copied = await copyStore(directory, join(directory, `copy${round}.db`)).catch(() => undefined);
        expect(copied, `byte ${at}`).to.equal(undefined);
      }
    }
    // then: what an index fails to name, only the check of a backup can tell
    expect(outcomes.refused).to.be.greaterThan(0);
    expect(outcomes.erred).to.be.greaterThan(0);
    await writeFile(file, whole);
  });
});

function look(directory: string, expected: unknown[]): 'refused' | 'erred' | 'right' | 'missed' {
  let store: Store;
  try {
    store = new Store(directory);
  } catch (error) {
    expect((error as Error).message).to.match(/is damaged|newer than|not a file of this store/);
    return 'refused';
  }
  try {
    const found = readAll(store);
    for (const text of found) expect(expected).to.include(text);
    return found.length === expected.length ? 'right' : 'missed';
  } catch (error) {
    expect(error).to.have.property('code').that.is.oneOf([301, 'ERR_SQLITE_ERROR']);
    return 'erred';
  } finally {
    store.close();
  }
}

import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect } from 'chai';
import { Store } from '../src/storage/store.ts';
import { decode, encode } from '../src/values/codec.ts';
import { makeDirectory } from './support/store.ts';

/** Takes from a store's file what format 2 brought, so that it is as format 1 wrote it. */
function asFormatOne(directory: string): void {
  const file = join(directory, 'store.db');
  const db = new DatabaseSync(file);
  db.exec(`
    alter table docs drop column s;
    alter table collections drop column s;
    alter table retries drop column s;
    pragma user_version = 1;
    pragma auto_vacuum = 0;
    vacuum;
  `);
  db.close();
}

function withFile<T>(directory: string, use: (db: InstanceType<typeof DatabaseSync>) => T): T {
  const db = new DatabaseSync(join(directory, 'store.db'));
  try {
    return use(db);
  } finally {
    db.close();
  }
}

async function someStore(): Promise<string> {
  const directory = await makeDirectory();
  const store = new Store(directory);
  const collection = store.plain.ensureCollection('test.c');
  for (let n = 0; n < 50; n++) store.plain.insert(collection, decode(encode({ _id: n, text: `text ${n}` })));
  store.db.exec(`insert into retries values('session', 1, 'write', x'0500000000', ${Date.now()}, 0)`);
  store.close();
  return directory;
}

function documentsOf(store: Store): unknown[] {
  const collection = store.plain.collection('test.c');
  return store.reader.documents(collection?.id ?? 0, undefined, 100).map(({ d }) => decode(d).text);
}

describe('the format of the file', () => {
  it('is brought up to date at the start, with everything in it', async () => {
    // given
    const directory = await someStore();
    asFormatOne(directory);
    const lines: string[] = [];
    // when
    const store = new Store(directory, (line) => lines.push(line));
    // then
    expect(lines).to.deep.equal([`${join(directory, 'store.db')} is brought from format 1 to 2`]);
    expect(documentsOf(store)).to.deep.equal(Array.from({ length: 50 }, (_, n) => `text ${n}`));
    expect(store.db.prepare('pragma auto_vacuum').get()?.auto_vacuum).to.equal(2);
    store.close();
    // and only once
    new Store(directory, (line) => lines.push(line)).close();
    expect(lines).to.have.length(1);
  });

  it('stays what it was when bringing it up to date fails', async () => {
    // given: the last step of the upgrade will find its column there already
    const directory = await someStore();
    asFormatOne(directory);
    withFile(directory, (db) => db.exec('alter table retries add column s integer'));
    // when
    expect(() => new Store(directory)).to.throw(/duplicate column/);
    // then
    withFile(directory, (db) => {
      expect(db.prepare('pragma user_version').get()?.user_version).to.equal(1);
      const columns = db.prepare("select name from pragma_table_info('docs')").all();
      expect(columns.map(({ name }) => name)).to.deep.equal(['r', 'd']);
      db.exec('alter table retries drop column s');
    });
    const store = new Store(directory);
    expect(documentsOf(store)).to.have.length(50);
    store.close();
  });

  it('is refused when it is newer, or no format of ours, and stays as it is', async () => {
    const directory = await someStore();
    withFile(directory, (db) => db.exec('pragma user_version = 3'));
    expect(() => new Store(directory)).to.throw(
      `${join(directory, 'store.db')} has format 3, newer than 2, the newest that this version can read: use the version that wrote it`,
    );
    withFile(directory, (db) => db.exec('pragma user_version = 0'));
    expect(() => new Store(directory)).to.throw('store.db is not a file of this store');
    withFile(directory, (db) => db.exec('pragma user_version = 2'));
    const store = new Store(directory);
    expect(documentsOf(store)).to.have.length(50);
    store.close();
  });
});

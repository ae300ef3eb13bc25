import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import {
  CONCURRENT,
  ITEMS,
  item,
  KINDS,
  type Kind,
  OWNERS,
  PAGE,
  type Rates,
  rateOf,
} from '../support/storeWork.ts';

/**
 * The library under the embedded store, used directly in one process: the same records as JSON text with the same index, the
 * same durability, no protocol and no query language. With sixteen at once, sixteen operations share a commit.
 */
const directory = mkdtempSync(join(tmpdir(), 'shubbak-bench-sqlite-'));
const db = new DatabaseSync(join(directory, 'floor.db'));
db.exec('pragma journal_mode=wal; pragma synchronous=full; pragma wal_autocheckpoint=4000');
db.exec(
  'create table items (id text primary key, owner text, status text, dueAt int, version int, body text)',
);
db.exec('create index byOwner on items (owner, status, dueAt)');
const insert = db.prepare('insert into items values (?, ?, ?, ?, ?, ?)');
const update = db.prepare('update items set body = ?, version = version + 1 where id = ? and version = ?');
const select = db.prepare('select body from items where owner = ? and status = ? order by dueAt limit ?');
const get = db.prepare('select version, body from items where id = ?');

const add = (id: string, index: number) => {
  const record = item(id, index);
  insert.run(id, record.owner, record.status, record.dueAt, record.version, JSON.stringify(record));
};
const atOnce = (work: () => void) => {
  db.exec('begin immediate');
  work();
  db.exec('commit');
};
atOnce(() => {
  for (let index = 0; index < ITEMS; index++) add(`item-${index}`, index);
});

let count = 0;
const change = (id: string) => {
  const { version, body } = get.get(id) as { version: number; body: string };
  const record = JSON.parse(body) as object;
  const changed = JSON.stringify({ ...record, version: version + 1 });
  if (Number(update.run(changed, id, version).changes) !== 1) throw new Error('a compare-and-set was lost');
};
const work: Record<Kind, () => void> = {
  insert: () => add(`new-${count}`, count++),
  compareAndSet: () => change(`item-${count++ % ITEMS}`),
  indexedFind() {
    const rows = select.all(`owner-${count++ % OWNERS}`, 'open', PAGE) as { body: string }[];
    if (rows.map(({ body }) => JSON.parse(body) as object).length !== PAGE) throw new Error('a short page');
  },
  transaction() {
    change(`item-${count++ % ITEMS}`);
    add(`new-${count}`, count++);
    add(`new-${count}`, count++);
  },
};

const cpuUs = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};
const rates: Rates = {};
for (const kind of KINDS.filter((one) => process.argv.length < 3 || process.argv.includes(one))) {
  const isRead = kind === 'indexedFind';
  for (const weight of [1, CONCURRENT]) {
    const all = () => {
      for (let i = 0; i < weight; i++) work[kind]();
    };
    const name = weight === 1 ? kind : `${kind}${weight}`;
    rates[name] = await rateOf(1, weight, cpuUs, () => (isRead ? all() : atOnce(all)) as undefined);
  }
}
db.close();
rmSync(directory, { recursive: true, force: true });
writeSync(1, `${JSON.stringify(rates)}\n`);

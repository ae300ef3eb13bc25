import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';

/** The one file that holds all data, next to SQLite's own `-wal` and `-shm`. */
export const databaseFile = 'store.db';

const schemaVersion = 1;

/** Opens the store's file; the first opening makes the tables. Every commit is on disk before it returns. */
export function openDatabase(directory: string): DatabaseSyncInstance {
  const db = openConnection(directory, 65_536);
  const version = Number(db.prepare('pragma user_version').get()?.user_version ?? 0);
  if (version > schemaVersion) throw new Error(`${directory} was written by a newer version of the store`);
  if (version > 0) checkPages(db, directory);
  db.exec(`
    create table if not exists docs(r integer primary key, d blob not null);
    create table if not exists ix(i integer, k blob, r integer, primary key(i, k, r)) without rowid;
    create table if not exists collections(c integer primary key, ns text not null unique, indexes blob not null);
    create table if not exists retries(session text primary key, txn integer, kind text, reply blob, at integer) without rowid;
    pragma user_version = ${schemaVersion};
  `);
  return db;
}

/** A damaged tree answers with less than was stored, and without an error: found now (150 ms for 120 MB), not later. */
function checkPages(db: DatabaseSyncInstance, directory: string): void {
  const found = db.prepare('pragma quick_check(1)').get()?.quick_check;
  if (found === 'ok') return;
  const file = join(directory, databaseFile);
  throw new Error(`${file} is damaged and must be restored from a backup: ${String(found)}`);
}

/** Opens one more connection to the store's file, for reading a snapshot. */
export function openConnection(directory: string, cacheKiB = 4096): DatabaseSyncInstance {
  const db = new DatabaseSync(join(directory, databaseFile));
  db.exec('pragma journal_mode=wal; pragma synchronous=full; pragma busy_timeout=5000');
  db.exec(`pragma cache_size=-${cacheKiB}; pragma wal_autocheckpoint=4000`);
  return db;
}

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { outOfDiskSpace } from '../errors.ts';
import { storageFailure } from './failures.ts';
import { upgrades } from './upgrades.ts';

/** The one file that holds all data, next to SQLite's own `-wal` and `-shm`. */
export const databaseFile = 'store.db';

/** The version of the file's format that this code writes; an older file is brought up to it when it is opened. */
export const storeFormat = 2;

/** Above this size a file that was closed well is not checked at the start: it would take minutes on a slow disk. */
const alwaysCheckedUpTo = 1024 ** 3;

/** The log goes into the file when it has so many pages of 4 KiB: seldom, as that holds up every commit meanwhile. */
const checkpointPages = 16_000;

type Log = (line: string) => void;

/**
 * Opens the store's file; the first opening makes the tables. Every commit is on disk before it returns. The pages of a file
 * up to `checkedUpTo` bytes are checked, and those of a bigger one that was not closed well.
 * @throws Error with a sentence for the operator when the file is damaged, newer, or not ours, or when the disk fails
 */
export function openDatabase(
  directory: string,
  log: Log,
  checkedUpTo = alwaysCheckedUpTo,
): DatabaseSyncInstance {
  const file = join(directory, databaseFile);
  // SQLite removes its log when it closes; one that is left tells of a process that was killed or a machine that fell.
  const wasCut = sizeOf(`${file}-wal`) > 0;
  let db: DatabaseSyncInstance | undefined;
  try {
    db = openConnection(directory, 65_536);
    const format = formatOf(db);
    if (format > storeFormat)
      throw new Error(
        `${file} has format ${format}, newer than ${storeFormat}, the newest that this version can read: use the version that wrote it`,
      );
    if (format === 0) create(db, file);
    else if (wasCut || sizeOf(file) <= checkedUpTo) check(db, file, log);
    if (format > 0 && format < storeFormat) upgrade(db, file, format, log);
    makeShrinkable(db, file, log);
    return db;
  } catch (error) {
    db?.close();
    throw startFailure(error, file);
  }
}

/** The version of an open file's format; 0 for a file without tables. */
export function formatOf(db: DatabaseSyncInstance): number {
  return Number(db.prepare('pragma user_version').get()?.user_version ?? 0);
}

/** Opens one more connection to the store's file, for reading a snapshot. */
export function openConnection(directory: string, cacheKiB = 4096): DatabaseSyncInstance {
  const db = new DatabaseSync(join(directory, databaseFile));
  try {
    // Without it a file never gives space back; only one that is still empty heeds it.
    if (sizeOf(join(directory, databaseFile)) === 0) db.exec('pragma auto_vacuum=incremental');
    db.exec('pragma journal_mode=wal; pragma synchronous=full; pragma busy_timeout=5000');
    db.exec(
      `pragma cache_size=-${cacheKiB}; pragma wal_autocheckpoint=${checkpointPages}; pragma journal_size_limit=67108864`,
    );
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What `quick_check` finds wrong with the pages of a file, or undefined. */
export function faultyPages(db: DatabaseSyncInstance): string | undefined {
  const found = db.prepare('pragma quick_check(1)').get()?.quick_check;
  return found === 'ok' ? undefined : String(found);
}

/** Says what an operator can do about a damaged file. */
export function damagedFile(file: string, fault: string): Error {
  return new Error(`${file} is damaged and must be restored from a backup: ${fault}`);
}

function create(db: DatabaseSyncInstance, file: string): void {
  if (db.prepare('select name from sqlite_master').get() !== undefined)
    throw new Error(`${file} is not a file of this store`);
  db.exec(`
    begin immediate;
    create table docs(r integer primary key, d blob not null, s integer not null);
    create table ix(i integer, k blob, r integer, primary key(i, k, r)) without rowid;
    create table collections(c integer primary key, ns text not null unique, indexes blob not null, s integer not null);
    create table retries(session text primary key, txn integer, kind text, reply blob, at integer, s integer not null)
      without rowid;
    pragma user_version = ${storeFormat};
    commit;
  `);
}

/** A damaged tree answers with less than was stored, and without an error: found now (150 ms for 120 MB), not later. */
function check(db: DatabaseSyncInstance, file: string, log: Log): void {
  if (sizeOf(file) > alwaysCheckedUpTo)
    log(`${file} was not closed well: checking it, which takes about a minute for every few gigabytes`);
  const fault = faultyPages(db);
  if (fault !== undefined) throw damagedFile(file, fault);
}

/** Brings an older file up to this format, one step after the other, all of it or nothing. */
function upgrade(db: DatabaseSyncInstance, file: string, from: number, log: Log): void {
  log(`${file} is brought from format ${from} to ${storeFormat}`);
  db.exec('begin immediate');
  try {
    for (let format = from; format < storeFormat; format++) upgrades[format]?.(db);
    db.exec(`pragma user_version = ${storeFormat}; commit`);
  } catch (error) {
    if (db.isTransaction) db.exec('rollback');
    throw error;
  }
}

/** A file made before format 2 must be rewritten once to give space back; without room for that it serves as it is. */
function makeShrinkable(db: DatabaseSyncInstance, file: string, log: Log): void {
  if (db.prepare('pragma auto_vacuum').get()?.auto_vacuum !== 0) return;
  try {
    db.exec('pragma auto_vacuum=incremental; vacuum');
  } catch (error) {
    if (storageFailure(error)?.code !== outOfDiskSpace().code) throw error;
    log(`${file} cannot be rewritten for lack of room, so it will not shrink; the next start tries again`);
  }
}

function startFailure(error: unknown, file: string): Error {
  const failure = storageFailure(error);
  if (failure === undefined) return error as Error;
  if (failure.code === outOfDiskSpace().code) return new Error(`${file} cannot be opened: the disk is full`);
  const { message } = error as Error;
  return message.startsWith('disk')
    ? new Error(`${file} cannot be read (${message}): look at the disk, and restore a backup if it stays so`)
    : damagedFile(file, message);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

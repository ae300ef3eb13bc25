import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';

/** The process that holds a data directory. */
export interface Holder {
  /** 0 when it has not left its name yet. */
  readonly pid: number;
  /** ISO 8601. */
  readonly since: string;
}

/** Thrown when the directory is still held after the time a dying holder is given. */
export class HeldError extends Error {
  readonly holder: Holder;
  constructor(directory: string, holder: Holder) {
    const who = holder.pid === 0 ? 'another process' : `process ${holder.pid} since ${holder.since}`;
    super(`${directory} is held by ${who}`);
    this.name = 'HeldError';
    this.holder = holder;
  }
}

const patienceMs = 10_000;
const retryMs = 100;

/**
 * Takes the directory for this process alone. The lock is the operating system's, on an open file, so it ends
 * with the process however that ends.
 *
 * @param options.patience how long a dying holder is waited for, ms; ten seconds without it
 * @param options.onWait called once when somebody else holds the directory
 * @throws HeldError when somebody else still does
 * @returns what gives the directory up before that
 */
export async function lockDirectory(
  directory: string,
  { patience = patienceMs, onWait }: { patience?: number; onWait?: (holder: Holder) => void } = {},
): Promise<() => void> {
  const until = Date.now() + patience;
  let lock = tryLock(join(directory, 'lock.db'));
  for (let attempt = 0; lock === undefined; attempt++) {
    const holder = readHolder(holderFile(directory));
    if (Date.now() >= until) throw new HeldError(directory, holder);
    if (attempt === 0) onWait?.(holder);
    await sleep(retryMs);
    lock = tryLock(join(directory, 'lock.db'));
  }
  const taken = lock;
  leaveName(holderFile(directory));
  return () => {
    if (held.delete(taken)) taken.close();
  };
}

const holderFile = (directory: string) => join(directory, 'holder.json');

/** Kept for the life of the process: one that nobody refers to is closed, which would give the lock up. */
const held = new Set<DatabaseSyncInstance>();

function tryLock(file: string): DatabaseSyncInstance | undefined {
  const db = new DatabaseSync(file);
  try {
    db.exec('pragma busy_timeout=0; begin exclusive');
    held.add(db);
    return db;
  } catch (error) {
    db.close();
    if ((error as Error).message.includes('locked')) return undefined;
    throw error;
  }
}

function leaveName(file: string): void {
  const holder: Holder = { pid: process.pid, since: new Date().toISOString() };
  try {
    writeFileSync(`${file}.new`, JSON.stringify(holder));
    renameSync(`${file}.new`, file);
  } catch (error) {
    // A full disk is no reason to read nothing from it.
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    rmSync(file, { force: true });
  }
}

function readHolder(file: string): Holder {
  try {
    const { pid, since } = JSON.parse(readFileSync(file, 'utf8')) as Holder;
    return { pid, since };
  } catch {
    return { pid: 0, since: new Date().toISOString() };
  }
}

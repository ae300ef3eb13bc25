import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';

/** The process that holds a data directory. */
export interface Holder {
  readonly pid: number;
  readonly since: string;
}

/** Thrown when the directory is still held after the time a dying holder is given. */
export class HeldError extends Error {
  readonly holder: Holder;
  constructor(holder: Holder) {
    super(`the data directory is held by process ${holder.pid} since ${holder.since}`);
    this.name = 'HeldError';
    this.holder = holder;
  }
}

const patienceMs = 10_000;
const retryMs = 100;

/**
 * Takes the directory for this process alone. The lock is the operating system's, on an open file, so it ends
 * with the process however that ends.
 */
export async function lockDirectory(directory: string): Promise<void> {
  const holderFile = join(directory, 'holder.json');
  const until = Date.now() + patienceMs;
  while (!tryLock(join(directory, 'lock.db'))) {
    if (Date.now() > until) throw new HeldError(readHolder(holderFile));
    await sleep(retryMs);
  }
  const holder: Holder = { pid: process.pid, since: new Date().toISOString() };
  writeFileSync(`${holderFile}.new`, JSON.stringify(holder));
  renameSync(`${holderFile}.new`, holderFile);
}

/** Kept for the life of the process: closing it would give the lock up. */
const held: DatabaseSyncInstance[] = [];

function tryLock(file: string): boolean {
  const db = new DatabaseSync(file);
  try {
    db.exec('pragma busy_timeout=0; begin exclusive');
    held.push(db);
    return true;
  } catch (error) {
    db.close();
    if ((error as Error).message.includes('locked')) return false;
    throw error;
  }
}

function readHolder(file: string): Holder {
  const { pid, since } = JSON.parse(readFileSync(file, 'utf8')) as Holder;
  return { pid, since };
}

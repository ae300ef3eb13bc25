import { readFileSync, renameSync, writeFileSync } from 'node:fs';
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
 */
export async function lockDirectory(
  directory: string,
  { patience = patienceMs, onWait }: { patience?: number; onWait?: (holder: Holder) => void } = {},
): Promise<void> {
  const until = Date.now() + patience;
  for (let attempt = 0; !tryLock(join(directory, 'lock.db')); attempt++) {
    const holder = readHolder(holderFile(directory));
    if (Date.now() >= until) throw new HeldError(directory, holder);
    if (attempt === 0) onWait?.(holder);
    await sleep(retryMs);
  }
  const holder: Holder = { pid: process.pid, since: new Date().toISOString() };
  writeFileSync(`${holderFile(directory)}.new`, JSON.stringify(holder));
  renameSync(`${holderFile(directory)}.new`, holderFile(directory));
}

const holderFile = (directory: string) => join(directory, 'holder.json');

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
  try {
    const { pid, since } = JSON.parse(readFileSync(file, 'utf8')) as Holder;
    return { pid, since };
  } catch {
    return { pid: 0, since: new Date().toISOString() };
  }
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { backup, DatabaseSync } from '@photostructure/sqlite';
import { checkStore } from '../storage/checkStore.ts';
import { databaseFile, formatOf } from '../storage/database.ts';

/** How far a copy has come, in bytes. */
export type OnProgress = (done: number, total: number) => void;

/** What was copied. */
export interface CopiedStore {
  /** Version of the file's format. */
  readonly format: number;
}

const pageBytes = 4096;
const pagesPerStep = 2048;

/**
 * Copies a store to a new file as it is at one moment, while a server may be writing to it: the file is read beside the
 * server under SQLite's write-ahead log, so the copy is one commit whole and the server is not held up. Then the copy is
 * checked, document by document and index by index.
 *
 * @throws Error when there is no store in the directory, when it is damaged, or when the disk is full
 */
export async function copyStore(
  directory: string,
  target: string,
  onProgress?: OnProgress,
): Promise<CopiedStore> {
  const file = join(directory, databaseFile);
  if (!existsSync(file)) throw new Error(`there is no store in ${directory}`);
  const source = new DatabaseSync(file, { timeout: 10_000 });
  try {
    // A read that stays open keeps the moment: without it, every write of the server would begin the copy anew.
    source.exec('begin');
    source.prepare('select count(*) from sqlite_master').get();
    await backup(source, target, {
      rate: pagesPerStep,
      progress: ({ totalPages, remainingPages }) =>
        onProgress?.((totalPages - remainingPages) * pageBytes, totalPages * pageBytes),
    });
    source.exec('rollback');
  } finally {
    source.close();
  }
  return { format: sealCopy(file, target) };
}

/** Makes the copy one file, without a log beside it, and checks it. */
function sealCopy(file: string, target: string): number {
  const copy = new DatabaseSync(target);
  try {
    copy.exec('pragma journal_mode=delete');
    const fault = checkStore(copy);
    if (fault !== undefined) throw new Error(`${file} is damaged, so no backup was made: ${fault}`);
    return formatOf(copy);
  } finally {
    copy.close();
  }
}

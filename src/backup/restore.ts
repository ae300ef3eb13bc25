import { existsSync } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { HeldError, lockDirectory, storeFormat } from '../store/embedded.ts';
import { BackupError } from './backupError.ts';
import { copyFile, type Digest, digestOf, syncFolder } from './copyFile.ts';
import { ifGone } from './listFiles.ts';
import { DATA, type Manifest, type Part, readManifest } from './manifest.ts';
import type { Progress } from './progress.ts';

export interface RestoreOptions {
  config: Pick<Config, 'dataDir' | 'storeDir'>;
  /** Folder of a backup. */
  source: string;
  /** Puts the backup in the place of data that are there; they are kept beside it. */
  force: boolean;
  productVersion: string;
  /** Ends the name of the folder that keeps the data that were there. */
  stamp: string;
  progress: Progress;
}

export interface Restored {
  manifest: Manifest;
  /** Where the data that were there are kept; null when there were none. */
  kept: string | null;
}

/**
 * Puts a backup into the data directory. Everything is checked before anything is touched; the files are laid out beside the
 * data directory and take its place by a rename, so whatever fails, what was there is there.
 *
 * @throws BackupError when the backup is damaged or newer, when data would be overwritten, or when a process uses them
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { config, force, productVersion, progress } = options;
  const source = resolve(options.source);
  const manifest = await readManifest(source, productVersion);
  if (manifest.store !== null && manifest.store.format > storeFormat)
    throw new BackupError(
      `the store in ${source} was written by a newer version: restore it with that version`,
    );
  const place = await findPlace(config);
  if (place.isFull && !force)
    throw new BackupError(`${place.dataDir} is not empty: with --force its data are set aside and replaced`);
  const release = await holdStore(join(place.dataDir, 'store'));
  try {
    await checkParts(source, manifest, progress);
    const kept = await layOutAndSwap(source, manifest, place, options);
    return { manifest, kept };
  } catch (error) {
    release();
    throw error;
  }
}

async function layOutAndSwap(
  source: string,
  { parts }: Manifest,
  place: Place,
  { stamp, progress }: RestoreOptions,
): Promise<string | null> {
  const staged = `${place.dataDir}.restoring`;
  await mkdir(staged, { mode: 0o700 }).catch((cause) => {
    throw new BackupError(
      `${staged} cannot be made: another restore is running, or one was interrupted; delete it when none is running`,
      { cause },
    );
  });
  try {
    await layOut(source, staged, parts, progress);
    return await swap(staged, place, `${place.dataDir}.before-${stamp}`);
  } catch (error) {
    await rm(staged, { recursive: true, force: true });
    throw error;
  }
}

interface Place {
  /** The data directory itself, not a link to it. */
  dataDir: string;
  isThere: boolean;
  isFull: boolean;
}

async function findPlace({ dataDir, storeDir }: RestoreOptions['config']): Promise<Place> {
  if (resolve(storeDir) !== join(resolve(dataDir), 'store'))
    throw new BackupError(
      'STORE_DIR is not the folder store of DATA_DIR: unset it, restore, then move that folder',
    );
  const real = await realpath(dataDir).catch(ifGone);
  const parent = dirname(real ?? resolve(dataDir));
  await mkdir(parent, { recursive: true });
  if (real === null) return { dataDir: resolve(dataDir), isThere: false, isFull: false };
  if ((await stat(real)).dev !== (await stat(parent)).dev)
    throw new BackupError(
      `${real} is a disk of its own, which cannot be replaced: set DATA_DIR to a folder on it`,
    );
  return { dataDir: real, isThere: true, isFull: (await readdir(real)).length > 0 };
}

/** Keeps every start away from the old data until this process ends, or the restore fails. */
async function holdStore(storeDir: string): Promise<() => void> {
  if (!existsSync(storeDir)) return () => undefined;
  return lockDirectory(storeDir, { patience: 0 }).catch((cause) => {
    if (cause instanceof HeldError) throw new BackupError(`${cause.message}: stop it first`, { cause });
    throw cause;
  });
}

async function checkParts(source: string, { parts }: Manifest, progress: Progress): Promise<void> {
  progress.begin('checking', sizeOf(parts));
  for (const part of parts) {
    const found = await digestOf(join(source, DATA, part.path), (bytes) => progress.add(bytes)).catch(ifGone);
    compare(source, part, found);
  }
}

async function layOut(
  source: string,
  staged: string,
  parts: readonly Part[],
  progress: Progress,
): Promise<void> {
  progress.begin('restoring', sizeOf(parts));
  const folders = new Set([staged]);
  for (const part of parts) {
    const to = join(staged, part.path);
    const copied = await copyFile(join(source, DATA, part.path), to, (bytes) => progress.add(bytes));
    // A disk may read well once and badly the next time.
    compare(source, part, copied);
    for (let at = dirname(to); at !== staged; at = dirname(at)) folders.add(at);
  }
  for (const folder of folders) await syncFolder(folder);
}

function compare(source: string, part: Part, found: Digest | null): void {
  if (found === null) throw new BackupError(`the backup ${source} lacks ${part.path}`);
  if (found.size !== part.size || found.sha256 !== part.sha256)
    throw new BackupError(`the backup ${source} is damaged: ${part.path} is not what was backed up`);
}

async function swap(staged: string, place: Place, aside: string): Promise<string | null> {
  if (place.isFull) await rename(place.dataDir, aside);
  else if (place.isThere) await rmdir(place.dataDir);
  try {
    await rename(staged, place.dataDir);
  } catch (error) {
    if (place.isFull) await rename(aside, place.dataDir);
    throw error;
  }
  await syncFolder(dirname(place.dataDir));
  return place.isFull ? aside : null;
}

function sizeOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0);
}

import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { copyStore, keptSecret } from '../store/embedded.ts';
import { BackupError } from './backupError.ts';
import { copyFile, digestOf, syncFolder } from './copyFile.ts';
import { type FoundFile, ifGone, listFiles } from './listFiles.ts';
import { DATA, FORMAT, type Manifest, type Part, writeManifest } from './manifest.ts';
import type { Progress } from './progress.ts';

export interface BackUpOptions {
  config: Pick<Config, 'dataDir' | 'storeDir' | 'storeSecret' | 'mongodbUri'>;
  /** Folder to make; it may exist when it is empty. */
  target: string;
  /** Leaves the database to the tools of its own server. */
  filesOnly: boolean;
  productVersion: string;
  /** ISO 8601. */
  createdAt: string;
  progress: Progress;
}

/** Where the store is inside a backup and a data directory. */
const STORE = 'store';
/** Files on their way, which nothing refers to yet. */
const TEMPORARY = 'files/tmp';

/**
 * Makes a backup of all that the product keeps, while it runs or not. The folder appears whole or not at all. The store is
 * copied first and files after it: files never change and are stored before the store speaks of them, so none is missing.
 *
 * @throws BackupError when there is nothing to copy, or no place for it; Error when the disk fails or the store is damaged
 */
export async function backUp(options: BackUpOptions): Promise<Manifest> {
  const { config, filesOnly, progress } = options;
  const target = resolve(options.target);
  await checkTarget(target, config);
  const hasStore = !filesOnly && chooseStore(config);
  const partial = `${target}.partial`;
  await mkdir(dirname(partial), { recursive: true });
  await mkdir(partial, { mode: 0o700 }).catch((cause) => {
    throw new BackupError(
      `${partial} is there: another backup is being made, or one was interrupted; delete it when none is running`,
      { cause },
    );
  });
  try {
    const data = join(partial, DATA);
    await mkdir(data, { mode: 0o700 });
    const parts: Part[] = [];
    const store = hasStore ? await addStore(config.storeDir, data, parts, progress) : null;
    await addFiles(config, data, parts, progress);
    const { productVersion, createdAt } = options;
    const manifest: Manifest = {
      format: FORMAT,
      product: 'shubbak',
      productVersion,
      createdAt,
      store,
      parts,
    };
    await writeManifest(partial, manifest);
    await syncFolders(partial, parts);
    if (existsSync(target)) await rmdir(target);
    await rename(partial, target);
    await syncFolder(dirname(target));
    return manifest;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

async function checkTarget(target: string, { dataDir, storeDir }: BackUpOptions['config']): Promise<void> {
  for (const folder of [dataDir, storeDir]) {
    if (isWithin(folder, target))
      throw new BackupError(
        `${target} is inside ${folder}, which is to be backed up: choose a folder elsewhere`,
      );
  }
  const there = await readdir(target).catch(ifGone);
  if (there !== null && there.length > 0)
    throw new BackupError(`${target} is not empty: choose a new folder for each backup`);
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return (
    way === '' || !(way === '..' || way.startsWith('../') || way.startsWith('..\\') || resolve(way) === way)
  );
}

/** True when the data are in the folder of the embedded store, whoever serves it. */
function chooseStore({ mongodbUri, storeDir, storeSecret }: BackUpOptions['config']): boolean {
  if (mongodbUri !== null && !isServedFrom(mongodbUri, storeSecret ?? keptSecret(storeDir))) {
    throw new BackupError(
      `MONGODB_URI names a server whose data this command cannot copy: back it up with its own tools (mongodump), then the files with --files-only; for a store of npm run store, run this on its machine with its STORE_DIR`,
    );
  }
  if (!existsSync(join(storeDir, 'store.db')))
    throw new BackupError(
      `there is no store in ${storeDir}: set DATA_DIR or STORE_DIR to where the data are`,
    );
  return true;
}

/** The address of a standalone store carries the secret that is kept beside its file. */
function isServedFrom(mongodbUri: string, secret: string | undefined): boolean {
  return secret !== undefined && mongodbUri.startsWith(`mongodb://owner:${encodeURIComponent(secret)}@`);
}

async function addStore(
  storeDir: string,
  data: string,
  parts: Part[],
  progress: Progress,
): Promise<{ format: number }> {
  await mkdir(join(data, STORE), { mode: 0o700 });
  const copy = join(data, STORE, 'store.db');
  let before = 0;
  const { format } = await copyStore(storeDir, copy, (done, total) => {
    if (before === 0) progress.begin('store', total);
    progress.add(done - before);
    before = done;
  });
  parts.push({ path: `${STORE}/store.db`, ...(await digestOf(copy)) });
  const secret = join(storeDir, 'secret');
  if (existsSync(secret))
    parts.push({ path: `${STORE}/secret`, ...(await copyFile(secret, join(data, STORE, 'secret'))) });
  return { format };
}

async function addFiles(
  { dataDir, storeDir }: BackUpOptions['config'],
  data: string,
  parts: Part[],
  progress: Progress,
): Promise<void> {
  const skip = (path: string, absolute: string) =>
    path === STORE || path === TEMPORARY || absolute === storeDir;
  const files: FoundFile[] = existsSync(dataDir) ? await listFiles(dataDir, skip) : [];
  progress.begin(
    'files',
    files.reduce((sum, { size }) => sum + size, 0),
  );
  for (const { path } of files) {
    const copied = await copyFile(join(dataDir, path), join(data, path), (bytes) =>
      progress.add(bytes),
    ).catch(ifGone);
    if (copied !== null) parts.push({ path, ...copied });
  }
}

async function syncFolders(root: string, parts: readonly Part[]): Promise<void> {
  const folders = new Set([root, join(root, DATA)]);
  for (const { path } of parts) {
    for (let at = dirname(path); at !== '.'; at = dirname(at)) folders.add(join(root, DATA, at));
  }
  for (const folder of folders) await syncFolder(folder);
}

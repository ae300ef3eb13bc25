import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupError } from './backupError.ts';
import type { Digest } from './copyFile.ts';

/** What is in a backup and how to know that it is whole. */
export interface Manifest {
  format: number;
  product: 'shubbak';
  productVersion: string;
  /** ISO 8601. */
  createdAt: string;
  /** The embedded store, with the version of its format; null when the data are on a MongoDB that others back up. */
  store: { format: number } | null;
  /** Every file, by its path from the data directory. */
  parts: Part[];
}

export interface Part extends Digest {
  path: string;
}

export const MANIFEST = 'manifest.json';
/** The folder of a backup that holds what the data directory held. */
export const DATA = 'data';
export const FORMAT = 1;

/** Writes the manifest, which makes a folder a backup. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const file = await open(join(folder, MANIFEST), 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(manifest, null, 1)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Reads the manifest of a backup.
 * @throws BackupError when the folder is no backup, when its manifest is damaged, or when a newer version wrote it
 */
export async function readManifest(folder: string, productVersion: string): Promise<Manifest> {
  const path = join(folder, MANIFEST);
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? `it has no ${MANIFEST}` : cause.message;
    throw new BackupError(`${folder} is not a whole backup: ${reason}`, { cause });
  });
  const manifest = parse(text);
  if (manifest === null) throw new BackupError(`${path} is damaged: it cannot be read as a manifest`);
  if (manifest.format > FORMAT || isNewer(manifest.productVersion, productVersion)) {
    throw new BackupError(
      `${folder} was made by version ${manifest.productVersion} of Shubbak, newer than this one (${productVersion}): restore it with that version`,
    );
  }
  return manifest;
}

function parse(text: string): Manifest | null {
  try {
    const read = JSON.parse(text) as Manifest;
    const isWhole =
      read.product === 'shubbak' &&
      Number.isInteger(read.format) &&
      typeof read.productVersion === 'string' &&
      (read.store === null || Number.isInteger(read.store.format)) &&
      read.parts.every(isPart);
    return isWhole ? read : null;
  } catch {
    return null;
  }
}

/** A path that leads out of the folder is never followed. */
function isPart({ path, size, sha256 }: Part): boolean {
  const names = path.split('/');
  return (
    names.every((name) => name !== '' && name !== '.' && name !== '..' && !/[\\\0]/.test(name)) &&
    Number.isInteger(size) &&
    /^[0-9a-f]{64}$/.test(sha256)
  );
}

function isNewer(version: string, than: string): boolean {
  const numbers = (text: string) => text.split(/[.-]/, 3).map(Number);
  const [a, b] = [numbers(version), numbers(than)];
  const at = a.findIndex((number, i) => number !== b[i]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}

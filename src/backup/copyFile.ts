import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What a file holds: its length in bytes and the SHA-256 of its content, lower-case hexadecimal. */
export interface Digest {
  size: number;
  sha256: string;
}

const CHUNK = 1024 * 1024;

/** Reads a file once. `onBytes` is told of every piece. */
export async function digestOf(path: string, onBytes?: (bytes: number) => void): Promise<Digest> {
  return stream(path, null, onBytes);
}

/** Copies a file into place for its owner alone, on the disk when it returns, and tells what was copied. */
export async function copyFile(from: string, to: string, onBytes?: (bytes: number) => void): Promise<Digest> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  return stream(from, to, onBytes);
}

async function stream(
  from: string,
  to: string | null,
  onBytes: ((bytes: number) => void) | undefined,
): Promise<Digest> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK);
  const source = await open(from, 'r');
  try {
    const target = to === null ? null : await open(to, 'wx', 0o600);
    try {
      let size = 0;
      for (;;) {
        const { bytesRead } = await source.read(buffer, 0, CHUNK);
        if (bytesRead === 0) break;
        const piece = buffer.subarray(0, bytesRead);
        hash.update(piece);
        size += bytesRead;
        await target?.writeFile(piece);
        onBytes?.(bytesRead);
      }
      await target?.sync();
      return { size, sha256: hash.digest('hex') };
    } finally {
      await target?.close();
    }
  } finally {
    await source.close();
  }
}

/** Makes the names in a folder last: a file is only there after a crash when its folder is on the disk too. */
export async function syncFolder(path: string): Promise<void> {
  // Windows knows no such thing.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

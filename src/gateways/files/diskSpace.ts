import { statfs } from 'node:fs/promises';

/** Room of the disk that a folder is on, in bytes; null where the system does not tell. */
export async function diskSpace(folder: string): Promise<{ free: number; total: number } | null> {
  try {
    const { bsize, bavail, blocks } = await statfs(folder);
    return { free: bsize * bavail, total: bsize * blocks };
  } catch {
    return null;
  }
}

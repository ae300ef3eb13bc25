import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file below a folder. */
export interface FoundFile {
  /** From the folder, with `/` between names. */
  path: string;
  size: number;
}

/**
 * Lists the files below a folder, through links to other disks, in order of their names. What goes while it looks is left
 * out, and so are folders for which `skip` is true.
 */
export async function listFiles(
  folder: string,
  skip: (path: string, absolute: string) => boolean = () => false,
): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  await walk(folder, '', []);
  return found;

  async function walk(at: string, prefix: string, above: string[]): Promise<void> {
    const here = await realpath(at);
    // A link to a folder above would never end.
    if (above.includes(here)) return;
    for (const name of (await readdir(at)).sort()) {
      const path = prefix + name;
      const absolute = join(at, name);
      if (skip(path, absolute)) continue;
      const state = await stat(absolute).catch(ifGone);
      if (state === null) continue;
      if (state.isDirectory()) await walk(absolute, `${path}/`, [...above, here]);
      else if (state.isFile()) found.push({ path, size: state.size });
    }
  }
}

/** Answers null for what is gone, so that a temporary file that found its place stops nothing. */
export function ifGone(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}

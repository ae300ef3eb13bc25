import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether an error of the file system says that there is no such file. */
export const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Removes the files of a folder that nothing was written to for longer than this; returns how many. No folder is fine. */
export async function sweepFolder(folder: string, olderThanMs: number): Promise<number> {
  const names = await readdir(folder).catch((cause) => {
    if (isMissing(cause)) return [];
    throw cause;
  });
  let removed = 0;
  for (const name of names) {
    const path = join(folder, name);
    // An upload may finish, and take its file away, between the listing and here.
    const age = await stat(path).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    if (age <= olderThanMs) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

import { mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What Linux says of a file system that is in memory. */
const TMPFS = 0x01021994;
/** By the Filesystem Hierarchy Standard it outlives a restart, so it is on a disk. */
const ON_DISK = '/var/tmp';

/** Makes an empty folder whose files, once forced to disk, are on one: many a `/tmp` is memory. */
export async function diskFolder(name: string): Promise<string> {
  const { type } = await statfs(tmpdir());
  return mkdtemp(join(type === TMPFS ? ON_DISK : tmpdir(), `shubbak-${name}-`));
}

import { readFile } from 'node:fs/promises';

/** Of the cores that this process may use the last: interrupts tend to go to the first. */
export async function lastCore(): Promise<number> {
  const core = /^Cpus_allowed_list:.*?(\d+)$/m.exec(await readFile('/proc/self/status', 'utf8'))?.[1];
  if (core === undefined) throw new Error('Linux does not tell which cores may be used');
  return Number(core);
}

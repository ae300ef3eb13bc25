import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** What the embedded Java engines need to be measured, beside java, mvn and taskset on the path. */
export interface PeerTools {
  /** Folder of PostgreSQL's binaries. */
  postgres: string;
}

const OLDEST_JAVA = 17;
/** The first whose processes can be told to add up their statistics. */
const OLDEST_POSTGRES = 15;
/** Where Debian keeps one folder for each version. */
const DEBIAN = '/usr/lib/postgresql';

/** Finds the tools, or tells which are not there. `PG_BIN` names the folder of a PostgreSQL's binaries. */
export async function findPeerTools(): Promise<PeerTools | { missing: string[] }> {
  const missing: string[] = [];
  if (process.platform !== 'linux') missing.push('Linux, whose /proc tells what a database costs');
  if (!((await version('java', '-version', /version "(\d+)/)) >= OLDEST_JAVA))
    missing.push(`java ${OLDEST_JAVA}`);
  if (!((await version('mvn', '--version', /Maven (\d+)/)) > 0)) missing.push('mvn');
  if (!((await version('taskset', '--version', /(\d+)/)) > 0)) missing.push('taskset');
  const postgres = await findPostgres();
  if (postgres === null) missing.push(`PostgreSQL ${OLDEST_POSTGRES}`);
  return postgres === null || missing.length > 0 ? { missing } : { postgres };
}

/** The newest of Debian's, else the first on the path. */
async function findPostgres(): Promise<string | null> {
  const { PG_BIN, PATH = '' } = process.env;
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...debian.map((name) => join(DEBIAN, name, 'bin')), ...PATH.split(delimiter)];
  for (const folder of PG_BIN === undefined ? folders : [PG_BIN]) {
    if (!['initdb', 'pg_ctl', 'postgres'].every((name) => existsSync(join(folder, name)))) continue;
    const found = await version(join(folder, 'postgres'), '--version', /PostgreSQL\) (\d+)/);
    if (found >= OLDEST_POSTGRES) return folder;
  }
  return null;
}

/** The number that a program says of itself; NaN when it does not run. */
async function version(program: string, option: string, number: RegExp): Promise<number> {
  try {
    // Java says it on stderr.
    const { stdout, stderr } = await promisify(execFile)(program, [option]);
    return Number(number.exec(`${stdout}${stderr}`)?.[1]);
  } catch {
    return Number.NaN;
  }
}

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { diskFolder } from './diskFolder.ts';

/** A PostgreSQL of the benchmark's own, with an empty database `postgres` that belongs to `bench`. */
export interface Postgres {
  /** On 127.0.0.1. */
  port: number;
  password: string;
  /** Process identifier of the postmaster, the parent of all its processes. */
  pid: number;
  /** Stops it and removes all that it wrote. */
  stop(): Promise<void>;
}

/** Durable, and otherwise in favour of whoever uses it. */
const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '512MB',
  // No checkpoint falls due while an engine is measured, and nothing is written for replicas.
  max_wal_size: '8GB',
  checkpoint_timeout: '30min',
  wal_level: 'minimal',
  max_wal_senders: '0',
  // Titles that nobody reads would cost a system call at each statement.
  update_process_title: 'off',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
};

/**
 * Starts the database in a folder and says so; when its own standard input closes, because the benchmark asked for it or however
 * it ended, stops the database and removes the folder. A benchmark that is gone does not hear that it is ready: the trap keeps
 * the script alive then.
 */
const KEEPER = `
trap '' PIPE
folder=$1 binaries=$2 settings=$3
shift 3
cd "$folder"
if "$binaries/initdb" -D cluster -U bench -A scram-sha-256 --pwfile=password --no-locale -E UTF8 --no-sync >log 2>&1 &&
  "$@" "$binaries/pg_ctl" -D cluster -o "$settings" -l log -w start >>log 2>&1
then
  echo ready
  read -r gone
  "$binaries/pg_ctl" -D cluster -m immediate -w stop >/dev/null 2>&1
else cat log
fi
rm -rf "$folder"
`;

/**
 * Starts it from a folder of binaries on a free port, pinned to a core where one is named; under an account without rights when
 * this process is root's, whom PostgreSQL refuses.
 * @throws Error with what it logged when it does not start
 */
export async function startPostgres(binaries: string, core?: number): Promise<Postgres> {
  const port = await freePort();
  const password = randomBytes(16).toString('hex');
  const settings = Object.entries({ ...SETTINGS, port }).map(([name, value]) => `-c ${name}=${value}`);
  const account = process.getuid?.() === 0 ? await unprivileged() : null;

  const folder = await diskFolder('postgres');
  await writeFile(join(folder, 'password'), password, { mode: 0o600 });
  if (account !== null)
    for (const path of [join(folder, 'password'), folder]) await chown(path, account.uid, account.gid);

  const pinned = core === undefined ? [] : ['taskset', '-c', String(core)];
  const keeper = spawn('sh', ['-c', KEEPER, 'keeper', folder, binaries, settings.join(' '), ...pinned], {
    ...account,
    cwd: folder,
    // In a session of its own it does not hear Ctrl-C, and lives to tidy up.
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(keeper, 'exit');
  let said = '';
  keeper.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await Promise.race([once(keeper.stdout, 'data'), ended]);
  if (said !== 'ready\n') {
    await ended;
    throw new Error(`PostgreSQL did not start: ${said}`);
  }
  const [pid] = (await readFile(join(folder, 'cluster/postmaster.pid'), 'utf8')).split('\n');
  return {
    port,
    password,
    pid: Number(pid),
    async stop() {
      keeper.stdin.end();
      await ended;
    },
  };
}

/** The account that Debian runs PostgreSQL under, or the one for programs without rights. */
async function unprivileged(): Promise<{ uid: number; gid: number }> {
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find(([account]) => account === name) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL refuses root, and there is neither an account postgres nor nobody');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

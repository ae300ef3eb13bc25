import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mongo } from 'mongoose';

/** A real MongoDB of this machine, as a replica set of one. */
export interface Mongod {
  readonly uri: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/** The program that `MONGOD_BIN` names, else the `mongod` on the PATH, else null. Nothing is ever downloaded. */
export function findMongod(environment: NodeJS.ProcessEnv = process.env): string | null {
  const { MONGOD_BIN: named, PATH: path = '' } = environment;
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`MONGOD_BIN names ${named}, which is not there`);
    return named;
  }
  const name = process.platform === 'win32' ? 'mongod.exe' : 'mongod';
  const places = path.split(delimiter).filter((folder) => folder !== '');
  return places.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null;
}

/** Starts it on loopback with an empty folder of its own, and waits until it takes writes. */
export async function startMongod(program: string): Promise<Mongod> {
  const directory = await mkdtemp(join(tmpdir(), 'mongod-'));
  const port = await freePort();
  const child = spawn(
    program,
    ['--dbpath', directory, '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', 'rs0'],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await initiate(port, child);
    return { uri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0`, pid: child.pid as number, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function initiate(port: number, child: ChildProcess): Promise<void> {
  const client = new mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: READY_WITHIN_MS,
  });
  try {
    const admin = client.db('admin');
    const member = { _id: 0, host: `127.0.0.1:${port}` };
    await admin.command({ replSetInitiate: { _id: 'rs0', members: [member] } });
    const giveUpAt = Date.now() + READY_WITHIN_MS;
    while ((await admin.command({ hello: 1 })).isWritablePrimary !== true) {
      if (child.exitCode !== null) throw new Error(`mongod ended with ${child.exitCode}`);
      if (Date.now() > giveUpAt) throw new Error('mongod did not become writable');
      await sleep(100);
    }
  } finally {
    await client.close();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { START } from '../../../scripts/demo/run.ts';
import { type DemoServer, freePort, startServer } from '../../../scripts/demo/server.ts';
import { pick, type Random } from '../support/random.ts';
import { startStore } from '../support/storeProcess.ts';

/** What may be killed. */
export type Victim = 'server' | 'store' | 'both';

/** Servers and their store, each a process of its own, as they run in an office. */
export interface Stack {
  /** Address of a server that is up, when there is one. */
  base(): string;
  /** One-time secret of the first administrator. */
  readonly secret: string;
  /** Where the store is, to look at it when all has ended. */
  readonly where: { dataDir: string; mongodbUri?: string };
  /** Kills without warning, and starts again what was killed; resolves when it answers. */
  kill(): Promise<Victim>;
  /** Lets the servers end as they are asked to. @throws Error when one does not end well */
  stop(): Promise<void>;
  /** Ends what still keeps the store open. */
  release(): Promise<void>;
  /** Ends everything in whatever state it is. */
  abandon(): void;
}

export interface StackOptions {
  directory: string;
  /** Paths of the compiled server and store. */
  programs: { server: string; store: string };
  random: Random;
  log(line: string): void;
  /** Hears what must not happen. */
  fault(reason: string): void;
}

const environment = (dataDir: string, port: number) => ({
  PORT: String(port),
  HOST: '127.0.0.1',
  DATA_DIR: dataDir,
  CLOCK: 'demo',
  CLOCK_START: new Date(START).toISOString(),
  LOG_LEVEL: 'error',
  SMTP_URL: '',
});

/** How long a server may take to notice that its store is gone, and to end, in ms. */
const ENDS_WITHIN_MS = 15_000;

/** One server that keeps its store itself: whichever of both is killed, the other ends too. */
export async function ownStack({ directory, programs, random, log, fault }: StackOptions): Promise<Stack> {
  const dataDir = join(directory, 'data');
  const env = environment(dataDir, await freePort());
  const start = () => startServer(env, log, [programs.server]);
  let server = await start();
  return {
    base: () => server.base,
    secret: server.secret,
    where: { dataDir },
    async kill() {
      const ended = once(server.child, 'exit');
      const victim = random() < 0.8 ? 'server' : 'store';
      if (victim === 'server') server.child.kill('SIGKILL');
      else {
        const { pid } = JSON.parse(await readFile(join(dataDir, 'store', 'holder.json'), 'utf8'));
        process.kill(pid, 'SIGKILL');
      }
      const [code, signal] = await Promise.race([ended, sleep(ENDS_WITHIN_MS, ['none', null])]);
      if (victim === 'store' && code !== 70)
        fault(`the server ended with ${signal ?? code} without its store`);
      server.child.kill('SIGKILL');
      server = await start();
      return victim;
    },
    stop: () => stopWell([server]),
    release: async () => {},
    abandon: () => server.child.kill('SIGKILL'),
  };
}

/** Several servers on a standalone store; `victims` are drawn from by lot. */
export async function sharedStack(
  { directory, programs, random, log, fault }: StackOptions,
  nodes: number,
  victims: readonly Victim[],
): Promise<Stack> {
  const dataDir = join(directory, 'data');
  const store = await startStore({ args: [programs.store], env: {} }, join(directory, 'store'), log, fault);
  const start = async (port?: number): Promise<DemoServer> => {
    const env = { ...environment(dataDir, port ?? (await freePort())), MONGODB_URI: store.uri };
    const server = await startServer(env, log, [programs.server]);
    server.child.once('exit', (code, signal) => {
      if (signal !== 'SIGKILL' && code !== 0) fault(`a server ended by itself with ${signal ?? code}`);
    });
    return server;
  };
  // The first one makes the indexes.
  const servers = [await start()];
  const { secret = '' } = servers[0] ?? {};
  while (servers.length < nodes) servers.push(await start());
  const up = new Set(servers);

  async function killServer(): Promise<void> {
    const victim = pick(random, servers);
    const ended = once(victim.child, 'exit');
    victim.child.kill('SIGKILL');
    up.delete(victim);
    await ended;
    const again = await start(Number(new URL(victim.base).port));
    servers[servers.indexOf(victim)] = again;
    up.add(again);
  }

  return {
    base: () => pick(random, up.size > 0 ? [...up] : servers).base,
    secret,
    where: { dataDir, mongodbUri: store.uri },
    async kill() {
      const victim = pick(random, victims);
      await Promise.all([
        ...(victim === 'store' ? [] : [killServer()]),
        ...(victim === 'server' ? [] : [store.kill()]),
      ]);
      return victim;
    },
    stop: () => stopWell(servers),
    release: () => store.stop(),
    abandon() {
      for (const { child } of servers) child.kill('SIGKILL');
      store.abandon();
    },
  };
}

async function stopWell(servers: DemoServer[]): Promise<void> {
  for (const server of servers) await server.stop();
  for (const { child } of servers)
    if (child.exitCode !== 0) throw new Error(`a server that was asked to end ended with ${child.exitCode}`);
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from '../../../scripts/demo/server.ts';

/** A standalone store in a process of its own, as `npm run store` starts it, that can be killed and started again. */
export interface StoreProcess {
  /** The same after each start. */
  readonly uri: string;
  /** Ends it as a power cut would, and starts it again. */
  kill(): Promise<void>;
  /** Lets it finish and exit. */
  stop(): Promise<void>;
  /** Ends it in whatever state it is. */
  abandon(): void;
}

/** How the program is started: arguments of Node, and what to add to the environment. */
export interface Program {
  args: string[];
  env: Record<string, string>;
}

/** Starts the store on a folder; `fault` hears when it ends though nobody asked it to. */
export async function startStore(
  { args, env }: Program,
  directory: string,
  log: (line: string) => void,
  fault: (reason: string) => void,
): Promise<StoreProcess> {
  const port = String(await freePort());
  let meant = false;
  let child: ChildProcess;

  async function start(): Promise<string> {
    const started = spawn(process.execPath, args, {
      env: { ...process.env, ...env, STORE_DIR: directory, STORE_PORT: port },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    createInterface({ input: started.stderr }).on('line', log);
    let ready = false;
    const ended = once(started, 'exit').then(([code, signal]) => {
      if (ready && !meant) fault(`the store ended by itself (${signal ?? code})`);
      throw new Error(`the store ended with ${signal ?? code} before it was ready`);
    });
    ended.catch(() => undefined);
    const [uri] = await Promise.race([once(createInterface({ input: started.stdout }), 'line'), ended]);
    ready = true;
    return uri;
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    meant = true;
    child.kill(signal);
    await ended;
  }

  return {
    uri: await start(),
    async kill() {
      await end('SIGKILL');
      await start();
      meant = false;
    },
    stop: () => end('SIGTERM'),
    abandon() {
      meant = true;
      child.kill('SIGKILL');
    },
  };
}

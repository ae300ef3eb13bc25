import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A Shubbak server in a process of its own, as `npm start` makes it. */
export interface DemoServer {
  readonly base: string;
  /** One-time secret of the administrator, told on the first start. */
  readonly secret: string;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Starts the server and waits until it listens; what it logs goes to `log`. `program` is what Node is to run. */
export async function startServer(
  env: Record<string, string>,
  log: (line: string) => void,
  program: string[] = ['--max-semi-space-size=64', '--import', 'tsx', MAIN],
): Promise<DemoServer> {
  const child = spawn(process.execPath, program, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Also one that is not up yet ends with this process.
  const abandon = () => child.kill('SIGKILL');
  process.once('exit', abandon);
  child.once('exit', () => process.off('exit', abandon));
  if (child.stdout === null || child.stderr === null) throw new Error('the server has no output');
  createInterface({ input: child.stderr }).on('line', log);
  let secret = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened`)));
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      log(line);
      if (line.startsWith('Shubbak listens')) resolve();
      secret = /One-time secret of the administrator: (\S+)/.exec(line)?.[1] ?? secret;
    });
  });
  return {
    base: `http://127.0.0.1:${env.PORT}`,
    secret,
    child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

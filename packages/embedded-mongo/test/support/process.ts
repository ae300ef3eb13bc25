import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A store that serves several processes, in a process of its own. */
export interface StandaloneProcess {
  readonly uri: string;
  readonly child: ChildProcess;
  /** What it wrote to stderr so far. */
  readonly errors: string[];
  /** Sends a signal and gives the exit code, null when the signal ended it. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>;
}

const children = new Set<ChildProcess>();

after(() => {
  for (const child of children) child.kill('SIGKILL');
});

const server = fileURLToPath(new URL('../../src/server.ts', import.meta.url));

/** Starts a standalone store and waits for its URI. @throws Error with what it said when it ends before */
export async function startStandalone(directory: string, ...args: string[]): Promise<StandaloneProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', server, '--directory', directory, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const errors: string[] = [];
  const ended = once(child, 'close') as Promise<[number | null]>;
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  const uri = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([line]) => String(line)),
    ended.then(([code]) => {
      throw new Error(`exit ${code}: ${errors.join('\n')}`);
    }),
  ]);
  return {
    uri,
    child,
    errors,
    async end(signal) {
      child.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}

import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { HeldError, lockDirectory } from './process/directoryLock.ts';
import { stableSecret } from './process/secretFile.ts';
import { type RunningServer, startServer } from './server/server.ts';

/** How a store is served to other processes. */
export interface StandaloneOptions {
  /** Made when it is missing. */
  readonly directory: string;
  /** TCP port, 27117 without one; the same at every start, or clients do not find the way back. 0 takes a free one. */
  readonly port?: number | undefined;
  /** Address to listen on. Without it only this machine is served; what other machines send is not encrypted. */
  readonly host?: string | undefined;
  /** Without it: the one kept in the directory, made on the first start. */
  readonly secret?: string | undefined;
}

/** The port of a standalone store when none is asked for: near MongoDB's own, but not in its way. */
export const standalonePort = 27_117;

const log = (line: string) => process.stderr.write(`${line}\n`);

/**
 * Makes this process a store that several others use: prints one line, the URI to connect with, and serves until SIGTERM or
 * SIGINT. Whoever is connected comes back by itself after a restart. A failure is one sentence on stderr and exit code 1.
 */
export async function runStandalone(options: StandaloneOptions): Promise<void> {
  try {
    const server = await start(options);
    stopOnSignal(server);
    process.stdout.write(`${server.uri}\n`);
  } catch (error) {
    log((error as Error).message);
    process.exit(1);
  }
}

async function start(options: StandaloneOptions): Promise<RunningServer> {
  process.umask(0o077);
  const { host, port = standalonePort } = options;
  const directory = resolve(options.directory);
  mkdirSync(directory, { recursive: true });
  await lockDirectory(directory, {
    onWait: (holder) => log(`${new HeldError(directory, holder).message}: waiting ten seconds for it to end`),
  });
  const secret = stableSecret(directory, options.secret, log);
  if (host !== undefined && !isLoopback(host))
    log(`listening on ${host}: what other machines send is not encrypted, use a network of your own`);
  return startServer(directory, { secret, port, log, ...(host === undefined ? {} : { host }) });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function stopOnSignal(server: RunningServer): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    server.stop().then(
      () => process.exit(0),
      (error: Error) => {
        log(`the store did not close cleanly: ${error.message}`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { HeldError, lockDirectory } from './process/directoryLock.ts';
import type { OwnerMessage, ServerMessage } from './process/messages.ts';
import { startServer } from './server/server.ts';
import { runStandalone } from './standalone.ts';

/** The process of the store: `--directory D` alone serves by hand and prints a URI, with `--parent` it obeys its owner. */
const { values: options } = parseArgs({
  options: {
    directory: { type: 'string' },
    parent: { type: 'boolean' },
    port: { type: 'string' },
    host: { type: 'string' },
  },
});

const log = (line: string) => process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  if (!options.directory) throw new Error('--directory is missing');
  const { host, port } = options;
  if (options.parent) await serveOwner(resolve(options.directory));
  else
    await runStandalone({
      directory: options.directory,
      host,
      port: port === undefined ? port : Number(port),
    });
}

async function serveOwner(directory: string): Promise<void> {
  if (!process.send) throw new Error('--parent needs a channel to the parent process');
  process.umask(0o077);
  mkdirSync(directory, { recursive: true });
  // A parent that is gone can read no log.
  process.stderr.on('error', () => undefined);
  // A signal may reach the whole process group, but it is the parent who decides when its store may end.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  const secret = await secretFromOwner();
  await lockDirectory(directory);
  const server = await startServer(directory, { secret, log });
  const stop = () => {
    server.stop().then(
      () => process.exit(0),
      (error: Error) => {
        log(`the store did not close cleanly: ${error.message}`);
        process.exit(1);
      },
    );
  };
  process.once('disconnect', stop);
  process.off('disconnect', leave);
  if (!process.connected) stop();
  else tell({ kind: 'ready', uri: server.uri });
}

/** The owner's secret comes by the channel, never on the command line, where other users could read it. */
function secretFromOwner(): Promise<string> {
  return new Promise((resolveSecret) => {
    process.once('message', (message: OwnerMessage) => resolveSecret(message.secret));
    process.once('disconnect', leave);
  });
}

/** Until the store is open there is nothing to finish; a fault met by then has set the exit code. */
function leave(): void {
  process.exit();
}

function tell(message: ServerMessage): void {
  process.send?.(message);
}

main().catch((error: Error) => {
  if (options.parent) tellFailure(error);
  log(error.message);
  process.exitCode = 1;
  if (process.connected) process.disconnect();
});

function tellFailure(error: Error): void {
  if (error instanceof HeldError) tell({ kind: 'locked', holder: error.holder });
  else tell({ kind: 'failed', reason: error.message });
}

import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { HeldError, lockDirectory } from './process/directoryLock.ts';
import type { OwnerMessage, ServerMessage } from './process/messages.ts';
import { startServer } from './server/server.ts';

/** The process of the store: `--directory D` alone serves by hand and prints a URI, with `--parent` it obeys its owner. */
const { values: options } = parseArgs({
  options: { directory: { type: 'string' }, parent: { type: 'boolean' } },
});

const log = (line: string) => process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  if (!options.directory) throw new Error('--directory is missing');
  if (options.parent && !process.send) throw new Error('--parent needs a channel to the parent process');
  process.umask(0o077);
  const directory = resolve(options.directory);
  mkdirSync(directory, { recursive: true });
  // A parent that is gone can read no log.
  process.stderr.on('error', () => undefined);
  const secret = options.parent ? await secretFromOwner() : randomBytes(24).toString('base64url');
  await lockDirectory(directory);
  const server = await startServer(directory, secret, log);
  const stop = () => {
    server.stop().then(
      () => process.exit(0),
      (error: Error) => {
        log(`the store did not close cleanly: ${error.message}`);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  if (options.parent) {
    // Ctrl+C reaches the whole process group, but it is the parent who decides when its store may end.
    process.on('SIGINT', () => undefined);
    process.once('disconnect', stop);
    process.off('disconnect', leave);
    if (!process.connected) stop();
    else tell({ kind: 'ready', uri: server.uri });
  } else {
    process.once('SIGINT', stop);
    process.stdout.write(`${server.uri}\n`);
  }
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
  if (error instanceof HeldError && options.parent) tell({ kind: 'locked', holder: error.holder });
  log(error instanceof HeldError ? error.message : String(error.stack));
  process.exitCode = 1;
  if (process.connected) process.disconnect();
});

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ServerMessage } from './process/messages.ts';

export { type CopiedStore, copyStore } from './backup/copyStore.ts';
export { HeldError, type Holder, lockDirectory } from './process/directoryLock.ts';
export { keptSecret } from './process/secretFile.ts';
export { runStandalone, type StandaloneOptions } from './standalone.ts';
export { storeFormat } from './storage/database.ts';

/** What a running store offers its owner. */
export interface EmbeddedMongo {
  /** Connection string for mongoose or any MongoDB driver; carries this start's secret, so do not log it. */
  readonly uri: string;
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  /** Lets the store finish its commits, checkpoint and exit. */
  stop(): Promise<void>;
}

/** Thrown when another process still holds the data directory after ten seconds of waiting. */
export class DirectoryLockedError extends Error {
  readonly holder: { pid: number; since: string };
  constructor(directory: string, holder: { pid: number; since: string }) {
    super(`${directory} is held by process ${holder.pid} since ${holder.since}`);
    this.name = 'DirectoryLockedError';
    this.holder = holder;
  }
}

/** Thrown when the store cannot start on its directory: a damaged file, a newer one, no room. The message says what to do. */
export class StoreStartError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'StoreStartError';
  }
}

/** Room in MB for what is made and dropped within a command: with Node's own 16 a third of it is copied before it is dropped. */
const youngGeneration = '--max-semi-space-size=64';

const stopGraceMs = 10_000;

/**
 * Starts the store as a child process bound to this process and waits until it accepts connections.
 *
 * @throws DirectoryLockedError when another process holds `directory`.
 * @throws StoreStartError when the file there cannot be used.
 */
export async function startEmbeddedMongo(options: {
  directory: string;
  log?: (line: string) => void;
  signal?: AbortSignal;
}): Promise<EmbeddedMongo> {
  options.signal?.throwIfAborted();
  const child = spawn(
    process.execPath,
    [youngGeneration, '--import', loaderUrl(), serverPath(), '--directory', options.directory, '--parent'],
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  const lastLines = readLines(child, options.log);
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
  const stop = () => stopChild(child, exited);
  const onAbort = () => void stop();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  void exited.then(() => options.signal?.removeEventListener('abort', onAbort));

  const secret = randomBytes(24).toString('base64url');
  const uri = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.on('message', (message: ServerMessage) => {
      if (message.kind === 'ready') resolve(message.uri);
      else if (message.kind === 'failed') reject(new StoreStartError(message.reason));
      else reject(new DirectoryLockedError(options.directory, message.holder));
    });
    void exited.then(({ code, signal }) =>
      reject(new Error(`the embedded store ended before it was ready (${signal ?? code}): ${lastLines()}`)),
    );
    child.send({ kind: 'start', secret });
  });
  options.signal?.throwIfAborted();
  letParentExit(child);
  return { uri, pid: child.pid as number, exited, stop };
}

/** Found from here, not from the working directory of whoever starts the store. */
function loaderUrl(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}

function serverPath(): string {
  return fileURLToPath(new URL('./server.ts', import.meta.url));
}

function readLines(child: ChildProcess, log: ((line: string) => void) | undefined): () => string {
  const recent: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      recent.push(line);
      if (recent.length > 20) recent.shift();
      log?.(line);
    });
  }
  return () => recent.join('\n');
}

/** The child ends with its parent, so it need not keep the parent's event loop alive. */
function letParentExit(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
}

async function stopChild(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.ref();
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
  await exited;
  clearTimeout(timer);
}

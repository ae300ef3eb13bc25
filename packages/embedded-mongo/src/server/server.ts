import { type AddressInfo, createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Store } from '../storage/store.ts';
import { addressOf, Connection } from '../wire/connection.ts';
import { Dispatcher } from './dispatcher.ts';
import { replicaSetName } from './handshake.ts';
import { startHousekeeping } from './housekeeping.ts';
import { Scram, userName } from './scram.ts';

/** How long requests that are on their way are still refused rather than cut off. */
const lingerMs = 100;

/** A server that accepts connections. */
export interface RunningServer {
  /** What a driver connects with; contains the secret. */
  readonly uri: string;
  /** Finishes the commits under way, aborts open transactions, checkpoints and closes the file. */
  stop(): Promise<void>;
}

/** How a store is served. */
export interface ServerOptions {
  readonly secret: string;
  /** TCP port; 0 takes a free one. */
  readonly port?: number;
  /** Address to listen on; without it the loopback interface alone. */
  readonly host?: string;
  readonly log: (line: string) => void;
}

/**
 * Opens the store of a directory, which must be locked, and serves it.
 * @throws Error when the file cannot be used or the port cannot be had; the message is for the operator
 */
export async function startServer(directory: string, options: ServerOptions): Promise<RunningServer> {
  const store = new Store(directory, options.log);
  try {
    return await serve(store, options);
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Serves an open store; closing it is then the server's. */
export async function serve(store: Store, options: ServerOptions): Promise<RunningServer> {
  const { secret, port = 0, host = '127.0.0.1', log } = options;
  const scram = new Scram(secret);
  const dispatcher = new Dispatcher(store);
  const open = new Set<Connection>();
  const server = createServer((socket) => {
    const connection = new Connection(socket, dispatcher, scram, log);
    open.add(connection);
    socket.on('close', () => open.delete(connection));
  });
  await listen(server, port, host);
  const stopHousekeeping = startHousekeeping(store, dispatcher, log);
  const taken = (server.address() as AddressInfo).port;
  return { uri: uriOf(secret, isAnyAddress(host) ? hostname() : host, taken), stop };

  async function stop(): Promise<void> {
    server.close();
    dispatcher.stop();
    await stopHousekeeping();
    // A driver repeats a write that was refused, but of those cut off in the middle it repeats one at most.
    if (open.size > 0) await sleep(lingerMs);
    for (const connection of open) connection.stopReading();
    await Promise.all([...open].map((connection) => connection.settled));
    await Promise.all([...open].map((connection) => connection.close()));
    store.close();
  }
}

function uriOf(secret: string, host: string, port: number): string {
  const user = `${userName}:${encodeURIComponent(secret)}`;
  return `mongodb://${user}@${addressOf(host, port)}/shubbak?authSource=admin&replicaSet=${replicaSetName}`;
}

function isAnyAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(new Error(listenFailures[cause.code ?? '']?.(host, port) ?? cause.message, { cause }));
    });
    server.listen(port, host, resolve);
  });
}

const listenFailures: Record<string, (host: string, port: number) => string> = {
  EADDRINUSE: (host, port) => `port ${port} of ${host} is taken by another process; choose another port`,
  EADDRNOTAVAIL: (host) => `this machine has no address ${host} to listen on`,
  ENOTFOUND: (host) => `this machine has no address ${host} to listen on`,
  EACCES: (_host, port) => `this user may not listen on port ${port}; choose one above 1023`,
};

import { type AddressInfo, createServer } from 'node:net';
import { Store } from '../storage/store.ts';
import { Connection } from '../wire/connection.ts';
import { Dispatcher } from './dispatcher.ts';
import { replicaSetName } from './handshake.ts';
import { startHousekeeping } from './housekeeping.ts';
import { Scram, userName } from './scram.ts';

/** A server that accepts connections. */
export interface RunningServer {
  /** What a driver connects with; contains the secret. */
  readonly uri: string;
  /** Finishes the commits under way, aborts open transactions, checkpoints and closes the file. */
  stop(): Promise<void>;
}

/** Opens the store of a directory, which must be locked, and serves it on a free port of the loopback interface. */
export async function startServer(
  directory: string,
  secret: string,
  log: (line: string) => void,
): Promise<RunningServer> {
  const store = new Store(directory);
  const scram = new Scram(secret);
  let address = '';
  const dispatcher = new Dispatcher(store, () => address);
  const open = new Map<Connection, () => void>();
  const server = createServer((socket) => {
    const connection = new Connection(socket, dispatcher, scram, log);
    open.set(connection, () => socket.destroy());
    socket.on('close', () => open.delete(connection));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stopHousekeeping = startHousekeeping(store, dispatcher, log);
  return {
    uri: `mongodb://${userName}:${secret}@${address}/shubbak?authSource=admin&replicaSet=${replicaSetName}`,
    async stop() {
      stopHousekeeping();
      server.close();
      dispatcher.queue.drain();
      dispatcher.sessions.abortAll();
      await Promise.all([...open.keys()].map((connection) => connection.settled));
      for (const close of open.values()) close();
      store.close();
    },
  };
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedMongo } from '@shubbak/embedded-mongo';
import mongoose, { type Connection } from 'mongoose';
import { endBrokenWrites } from './brokenWrites.ts';
import { createIndexes, missingIndexes } from './indexes.ts';
import { refuseNewer } from './migrations/migrations.ts';
import { createMongoStore, type MongoStore } from './mongoStore.ts';

/** The store that a node works on, and which kind of server holds it. */
export interface ConnectedStore extends MongoStore {
  kind: 'embedded' | 'mongodb';
  /** Process of the embedded server; null when others run it. */
  serverPid: number | null;
  /** Closes the connection and, when it is ours, lets the server finish and exit. */
  stop(): Promise<void>;
}

export interface ConnectOptions {
  /** A replica set or sharded cluster; without it the embedded server is started. */
  mongodbUri?: string | undefined;
  /** The embedded server keeps its file in `store` inside this folder, unless `storeDir` says where. */
  dataDir: string;
  storeDir?: string;
  log: (line: string) => void;
  /** Called once when the embedded server ends though nobody stopped it: nothing works any more. */
  onLost?: (reason: string) => void;
  realNow?: () => number;
}

/** Used when the address names no database. */
const DATABASE = 'shubbak';

/**
 * A server of our own that is silent is at work, as on the indexes of a million records: giving up its connections would end
 * what it does. That it is gone is known from its process.
 */
const PATIENTLY = '&connectTimeoutMS=0';

/**
 * The one way to the data: connects to the server that is named, else starts the embedded one.
 * @throws Error when the server is no replica set, or lacks indexes (`migrateStore` makes them)
 */
export async function connectStore(options: ConnectOptions): Promise<ConnectedStore> {
  const realNow = options.realNow ?? Date.now;
  return options.mongodbUri === undefined
    ? startOwn(options, realNow)
    : connectTo(options.mongodbUri, realNow);
}

/**
 * Makes the collections and indexes on a server that others run, and brings its records up to this version; safe to run again.
 * @throws Error when the records are newer than this program
 */
export async function migrateStore(
  mongodbUri: string,
  log: (line: string) => void = () => undefined,
): Promise<void> {
  const connection = await openConnection(mongodbUri);
  try {
    const store = createMongoStore(connection, Date.now);
    await refuseNewer(store.settings);
    await createIndexes(connection);
    await store.upgrade(log);
  } finally {
    await connection.close();
  }
}

async function connectTo(uri: string, realNow: () => number): Promise<ConnectedStore> {
  const connection = await openConnection(uri);
  try {
    const store = createMongoStore(connection, realNow);
    // On an empty database nothing can be slow or lost: the first start needs no command of its own.
    const isEmpty = (await connection.listCollections()).length === 0;
    if (isEmpty) {
      await createIndexes(connection);
      await store.upgrade();
    }
    const missing = await missingIndexes(connection);
    if (missing.length > 0)
      throw new Error(`the database lacks indexes, which npm run migrate makes: ${missing.join(', ')}`);
    await store.assertUpgraded();
    return { ...store, kind: 'mongodb', serverPid: null, stop: store.close };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function startOwn(options: ConnectOptions, realNow: () => number): Promise<ConnectedStore> {
  const directory = options.storeDir ?? join(options.dataDir, 'store');
  await mkdir(directory, { recursive: true });
  const server = await startEmbeddedMongo({ directory, log: options.log });
  let isStopping = false;
  void server.exited.then(({ code, signal }) => {
    if (!isStopping) options.onLost?.(`the embedded store ended unexpectedly (${signal ?? code})`);
  });
  const stopServer = () => {
    isStopping = true;
    return server.stop();
  };
  let connection: Connection | undefined;
  try {
    connection = await openConnection(`${server.uri}${PATIENTLY}`);
    const store = createMongoStore(connection, realNow);
    // Before anything is changed in it.
    await refuseNewer(store.settings);
    await createIndexes(connection);
    await store.upgrade(options.log);
    const stop = async () => {
      isStopping = true;
      await store.close();
      await stopServer();
    };
    return { ...store, kind: 'embedded', serverPid: server.pid, stop };
  } catch (error) {
    await connection?.close(true);
    await stopServer();
    throw error;
  }
}

/** Opens a connection of its own with the guarantees the store counts on. */
export async function openConnection(uri: string, database?: string): Promise<Connection> {
  endBrokenWrites();
  const named = database ?? (hasDatabase(uri) ? undefined : DATABASE);
  const connection = mongoose.createConnection(uri, {
    ...(named === undefined ? {} : { dbName: named }),
    maxPoolSize: 20,
    ...(uri.includes('serverSelectionTimeoutMS=') ? {} : { serverSelectionTimeoutMS: 10_000 }),
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    retryWrites: true,
    ignoreUndefined: true,
    autoIndex: false,
    autoCreate: false,
  });
  try {
    await connection.asPromise();
    await assertTransactional(connection);
    return connection;
  } catch (error) {
    await connection.close(true);
    throw error;
  }
}

/** A server alone has no transactions; found out now, not at the first decision. */
async function assertTransactional(connection: Connection): Promise<void> {
  const hello = await connection.db?.admin().command({ hello: 1 });
  if (typeof hello?.setName === 'string' || hello?.msg === 'isdbgrid') return;
  throw new Error('MONGODB_URI must name a replica set or a sharded cluster: others have no transactions');
}

function hasDatabase(uri: string): boolean {
  return /^mongodb(\+srv)?:\/\/[^/]+\/[^?]+/.test(uri);
}

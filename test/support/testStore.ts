import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedMongo, startEmbeddedMongo } from '@shubbak/embedded-mongo';
import { after } from 'mocha';
import type { Connection } from 'mongoose';
import { findMongod, startMongod } from '../../packages/embedded-mongo/test/support/mongod.ts';
import { openConnection } from '../../src/store/connect.ts';
import { createIndexes } from '../../src/store/indexes.ts';
import { createMongoStore, type MongoStore } from '../../src/store/mongoStore.ts';

/** A store on a database of its own, empty at first. */
export interface TestStore extends MongoStore {
  /** For tests that look at plans or change records behind the store's back. */
  connection: Connection;
  /** The store as another node sees it: same data, nothing else in common. */
  ofAnotherNode(realNow: () => number): MongoStore;
}

export interface StoreTarget {
  name: string;
  open(options?: { realNow?: () => number }): Promise<TestStore>;
}

interface Server {
  connection: Connection;
  stop(): Promise<void>;
}

const running = new Map<string, Promise<Server>>();
const run = `${process.pid}-${Date.now().toString(36)}`;
let databases = 0;

/**
 * The servers that store tests run on: the embedded one, and a real MongoDB when MONGODB_URI names one or a `mongod` is found
 * (MONGOD_BIN, PATH). The end of the run says which they were.
 */
export function storeTargets(): StoreTarget[] {
  const targets: StoreTarget[] = [{ name: 'embedded store', open: openTestStore }];
  const real = realServer();
  if (real !== null)
    targets.push({ name: real.name, open: (options) => openOn('mongodb', real.start, options) });
  tellTargets(targets);
  return targets;
}

function realServer(): { name: string; start: () => Promise<Server> } | null {
  const uri = process.env.MONGODB_URI;
  if (uri !== undefined) return { name: 'MongoDB of MONGODB_URI', start: () => serverAt(uri) };
  const program = findMongod();
  return program === null ? null : { name: `MongoDB ${program}`, start: () => startReal(program) };
}

async function startReal(program: string): Promise<Server> {
  const server = await startMongod(program);
  const { connection, stop } = await serverAt(server.uri);
  return {
    connection,
    async stop() {
      await stop();
      await server.stop();
    },
  };
}

let told = '';

function tellTargets(targets: StoreTarget[]): void {
  const isReal = targets.length > 1;
  const names = targets.map(({ name }) => name).join(' and ');
  told = `store tests ran on ${names}${isReal ? '' : '; no real MongoDB (MONGODB_URI, MONGOD_BIN and PATH name none)'}`;
}

/**
 * Opens an empty store. One embedded server serves the whole mocha process; each caller gets a fresh database.
 * It ends with the run: callers need not close what they open.
 */
export function openTestStore(options: { realNow?: () => number } = {}): Promise<TestStore> {
  return openOn('embedded', startEmbedded, options);
}

async function openOn(
  kind: string,
  start: () => Promise<Server>,
  { realNow = Date.now }: { realNow?: () => number } = {},
): Promise<TestStore> {
  let server = running.get(kind);
  if (server === undefined) {
    server = start();
    running.set(kind, server);
  }
  databases += 1;
  const database = `test-${run}-${databases}`;
  // Always beside the first connection: one made from a derived one would hear of no heartbeat.
  const derive = (from: Server) => from.connection.useDb(database);
  const base = await server;
  const connection = derive(base);
  const store = createMongoStore(connection, realNow);
  await createIndexes(connection);
  // The pool is everybody's: closing it here would close it for the other tests.
  const ofAnotherNode = (now: () => number) => createMongoStore(derive(base), now);
  return { ...store, connection, ofAnotherNode, close: async () => undefined };
}

async function startEmbedded(): Promise<Server> {
  const directory = await mkdtemp(join(tmpdir(), 'shubbak-test-'));
  const server: EmbeddedMongo = await startEmbeddedMongo({ directory });
  const connection = await openConnection(server.uri);
  return {
    connection,
    async stop() {
      await connection.close();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function serverAt(uri: string): Promise<Server> {
  const connection = await openConnection(uri);
  return {
    connection,
    async stop() {
      for (let i = 1; i <= databases; i++) await connection.useDb(`test-${run}-${i}`).dropDatabase();
      await connection.close();
    },
  };
}

after(async () => {
  if (told !== '') console.log(`  ${told}`);
  for (const server of running.values()) await (await server).stop();
});

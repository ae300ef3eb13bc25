import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { type EmbeddedMongo, startEmbeddedMongo } from '../../src/index.ts';

/** A store started for one test file, and a driver connected to it. */
export interface TestStore {
  readonly server: EmbeddedMongo;
  readonly client: mongo.MongoClient;
  readonly db: mongo.Db;
  /** A collection no other test has used. */
  fresh(): mongo.Collection<mongo.Document>;
}

let collections = 0;

/** Starts a store before the tests of this file and stops it after them. */
export function useStore(): TestStore {
  let server: EmbeddedMongo | undefined;
  let client: mongo.MongoClient | undefined;
  before(async () => {
    server = await startEmbeddedMongo({ directory: await makeDirectory() });
    client = await new mongo.MongoClient(server.uri, { maxPoolSize: 50 }).connect();
  });
  after(async () => {
    await client?.close();
    await server?.stop();
  });
  return {
    get server() {
      return present(server);
    },
    get client() {
      return present(client);
    },
    get db() {
      return present(client).db('test');
    },
    fresh() {
      return this.db.collection(`c${++collections}`);
    },
  };
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the store is not running');
  return value;
}

const directories: string[] = [];

after(async () => {
  for (const directory of directories) await rm(directory, { recursive: true, force: true });
});

/** Makes a directory that goes when the run ends. */
export async function makeDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'embedded-mongo-'));
  directories.push(directory);
  return directory;
}

/** The MongoDB error an operation ends with; fails when it succeeds. */
export async function errorOf(operation: Promise<unknown>): Promise<mongo.MongoServerError> {
  try {
    await operation;
  } catch (error) {
    if (error instanceof mongo.MongoServerError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}

/** The code of the MongoDB error an operation ends with. */
export async function codeOf(operation: Promise<unknown>): Promise<unknown> {
  return (await errorOf(operation)).code;
}

import { MongoError } from '../errors.ts';
import { compileFilter, matchNode } from '../query/filter.ts';
import { isTruthy } from '../query/operators.ts';
import type { Collection } from '../storage/catalog.ts';
import { BlockedError } from '../storage/locks.ts';
import { encode } from '../values/codec.ts';
import type { Document } from '../values/value.ts';
import type { Command, Request } from './command.ts';
import { checkKnown, namespaceOf, optionalCount, optionalDocument, optionalFlag } from './command.ts';

/** Makes an empty collection; options such as `capped` or a validator are refused. */
export const create: Command = {
  name: 'create',
  fields: [],
  kind: 'write',
  inTransaction: true,
  run({ body, database, workspace }) {
    const ns = namespaceOf(database, body.create);
    if (workspace.collection(ns)) throw new MongoError(48, `Collection ${ns} already exists.`);
    workspace.ensureCollection(ns);
    return { ok: 1 };
  },
};

/** Removes a collection with its documents and indexes. */
export const drop: Command = {
  name: 'drop',
  fields: [],
  kind: 'write',
  inTransaction: false,
  run(request) {
    const ns = namespaceOf(request.database, request.body.drop);
    const collection = request.workspace.collection(ns);
    if (!collection) return { ok: 1 };
    dropCollection(request, collection);
    return { nIndexesWas: collection.indexes.length, ns, ok: 1 };
  },
};

/** Removes all collections of a database. */
export const dropDatabase: Command = {
  name: 'dropDatabase',
  fields: [],
  kind: 'write',
  inTransaction: false,
  run(request) {
    for (const collection of collectionsOf(request)) dropCollection(request, collection);
    return { dropped: request.database, ok: 1 };
  },
};

function dropCollection({ store, cursors }: Request, collection: Collection): void {
  if (store.isBeingWritten(collection)) throw new BlockedError();
  cursors.killIn(collection.ns);
  store.writer.dropDocuments(collection);
  for (const index of collection.indexes) store.writer.dropIndex(index);
  store.catalog.remove(collection);
  store.touch(collection.ns);
}

function collectionsOf({ workspace, database }: Request): Collection[] {
  return workspace.collections().filter(({ ns }) => ns.startsWith(`${database}.`));
}

/** Lists the collections of a database. */
export const listCollections: Command = {
  name: 'listCollections',
  fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  kind: 'read',
  inTransaction: false,
  run(request) {
    const { body, database, cursors } = request;
    const filter = compileFilter(optionalDocument(body.filter, 'filter'));
    const nameOnly = optionalFlag(body.nameOnly, 'nameOnly') ?? false;
    optionalFlag(body.authorizedCollections, 'authorizedCollections');
    const cursor = optionalDocument(body.cursor, 'cursor');
    checkKnown(cursor, 'listCollections.cursor', ['batchSize']);
    const shown = collectionsOf(request)
      .map((collection) => describe(collection, database))
      .filter((description) => matchNode(filter, description) !== undefined)
      .map(({ name, type, ...more }) => encode(nameOnly ? { name, type } : { name, type, ...more }));
    return cursors.start(`${database}.$cmd.listCollections`, shown, request, {
      batchSize: optionalCount(cursor.batchSize, 'batchSize') ?? shown.length + 1,
    });
  },
};

function describe({ ns, indexes }: Collection, database: string): Document {
  return {
    name: ns.slice(database.length + 1),
    type: 'collection',
    options: {},
    info: { readOnly: false },
    idIndex: indexes[0]?.spec,
  };
}

/** Lists the databases. */
export const listDatabases: Command = {
  name: 'listDatabases',
  fields: ['filter', 'nameOnly', 'authorizedDatabases'],
  kind: 'read',
  inTransaction: false,
  run({ body, workspace }) {
    const filter = compileFilter(optionalDocument(body.filter, 'filter'));
    optionalFlag(body.authorizedDatabases, 'authorizedDatabases');
    const names = new Set(workspace.collections().map(({ ns }) => ns.slice(0, ns.indexOf('.'))));
    const databases = [...names].sort().map((name) => ({ name, empty: false }));
    const shown = databases.filter((database) => matchNode(filter, database) !== undefined);
    return { databases: isTruthy(body.nameOnly) ? shown.map(({ name }) => ({ name })) : shown, ok: 1 };
  },
};

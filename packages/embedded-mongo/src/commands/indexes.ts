import { Int32 } from 'bson';
import { badValue, MongoError } from '../errors.ts';
import type { Collection } from '../storage/catalog.ts';
import { type Index, readIndexSpec } from '../storage/collectionIndex.ts';
import { fillIndexes } from '../storage/indexBuild.ts';
import { BlockedError } from '../storage/locks.ts';
import { TransactionWorkspace } from '../storage/transactionWorkspace.ts';
import { encode } from '../values/codec.ts';
import { sameValue } from '../values/compare.ts';
import type { Document, Value } from '../values/value.ts';
import { isDocument } from '../values/value.ts';
import type { Command, Request } from './command.ts';
import { checkKnown, documentList, namespaceOf, optionalCount, optionalDocument } from './command.ts';

/** Builds indexes, over the documents there are; building one that exists already does nothing. */
export const createIndexes: Command = {
  name: 'createIndexes',
  fields: ['indexes'],
  kind: 'write',
  inTransaction: true,
  run(request) {
    const { body, store, workspace } = request;
    const ns = namespaceOf(request.database, body.createIndexes);
    const specs = documentList(body.indexes, 'createIndexes.indexes');
    if (specs.length === 0) throw badValue('Must specify at least one index to create');
    const existed = workspace.collection(ns) !== undefined;
    const collection = workspace.ensureCollection(ns);
    const numIndexesBefore = collection.indexes.length;
    const wanted: Index[] = [];
    for (const spec of specs) {
      const index = readIndexSpec({ v: new Int32(2), ...spec }, store.catalog.newIndexId());
      if (!isPresent([...collection.indexes, ...wanted], index)) wanted.push(index);
    }
    if (workspace instanceof TransactionWorkspace)
      for (const index of wanted) workspace.addIndex(collection, index);
    else if (wanted.length > 0) build(request, collection, wanted);
    return {
      numIndexesBefore,
      numIndexesAfter: collection.indexes.length,
      createdCollectionAutomatically: !existed,
      ok: 1,
    };
  },
};

function isPresent(indexes: readonly Index[], wanted: Index): boolean {
  const byKey = indexes.find(({ spec }) => sameOrder(spec.key, wanted.spec.key));
  const byName = indexes.find(({ name }) => name === wanted.name);
  if (!byKey && !byName) return false;
  if (byKey?.name === '_id_') return true;
  if (byName && byName !== byKey)
    throw new MongoError(86, `An existing index has the same name as the requested index: ${wanted.name}`);
  if (byKey && byKey.name !== wanted.name)
    throw new MongoError(85, `Index already exists with a different name: ${byKey.name}`);
  if (byKey && !sameValue(signature(byKey), signature(wanted)))
    throw new MongoError(
      85,
      `An equivalent index already exists with the same name but different options: ${wanted.name}`,
    );
  return true;
}

function sameOrder(a: Value, b: Value): boolean {
  return isDocument(a) && isDocument(b) && sameValue(a, b);
}

function signature({ unique, sparse, spec }: Index): Document {
  return {
    unique,
    sparse,
    partial: spec.partialFilterExpression ?? null,
    expires: spec.expireAfterSeconds ?? null,
  };
}

function build({ store }: Request, collection: Collection, indexes: readonly Index[]): void {
  if (store.isBeingWritten(collection)) throw new BlockedError();
  fillIndexes(store, collection, indexes);
  collection.indexes = [...collection.indexes, ...indexes];
  store.catalog.save(collection);
  for (const { id } of indexes) store.noteIndex(id);
}

/** Removes indexes by name or key, or with `*` all but the one on `_id`. */
export const dropIndexes: Command = {
  name: 'dropIndexes',
  fields: ['index'],
  kind: 'write',
  inTransaction: false,
  run(request) {
    const { body, store } = request;
    const collection = existing(request, namespaceOf(request.database, body.dropIndexes));
    if (store.isBeingWritten(collection)) throw new BlockedError();
    const gone = chosen(collection, body.index);
    const nIndexesWas = collection.indexes.length;
    for (const index of gone) store.writer.dropIndex(index);
    // A transaction that looks through the index must not meet its absence.
    if (gone.length > 0) store.touch(collection.ns);
    request.cursors.killIn(collection.ns);
    collection.indexes = collection.indexes.filter((index) => !gone.includes(index));
    store.catalog.save(collection);
    return { nIndexesWas, ok: 1 };
  },
};

function chosen(collection: Collection, wanted: Value): readonly Index[] {
  if (wanted === '*') return collection.indexes.filter(({ name }) => name !== '_id_');
  const wantedList: Value[] = Array.isArray(wanted) ? wanted : [wanted];
  return wantedList.map((item) => {
    const found = collection.indexes.find(({ name, spec }) => name === item || sameOrder(spec.key, item));
    if (!found) throw new MongoError(27, `index not found with name [${String(item)}]`);
    if (found.name === '_id_') throw new MongoError(72, 'cannot drop _id index');
    return found;
  });
}

function existing(request: Request, ns: string): Collection {
  const collection = request.workspace.collection(ns);
  if (!collection) throw new MongoError(26, `ns does not exist: ${ns}`);
  return collection;
}

/** Lists the indexes of a collection. */
export const listIndexes: Command = {
  name: 'listIndexes',
  fields: ['cursor'],
  kind: 'read',
  inTransaction: false,
  run(request) {
    const ns = namespaceOf(request.database, request.body.listIndexes);
    const cursor = optionalDocument(request.body.cursor, 'cursor');
    checkKnown(cursor, 'listIndexes.cursor', ['batchSize']);
    const specs = existing(request, ns).indexes.map(({ spec }) => encode(spec));
    return request.cursors.start(ns, specs, request, {
      batchSize: optionalCount(cursor.batchSize, 'batchSize'),
    });
  },
};

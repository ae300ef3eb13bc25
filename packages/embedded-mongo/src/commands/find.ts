import type { Long } from 'bson';
import { badValue, MongoError, typeMismatch } from '../errors.ts';
import { distinctValues } from '../query/distinct.ts';
import { compileFilter } from '../query/filter.ts';
import { compileProjection, type Projection } from '../query/projection.ts';
import { parseSort } from '../query/sort.ts';
import { type FoundRecord, find as findIn, type Search, type TimeLimit } from '../storage/view.ts';
import { encode } from '../values/codec.ts';
import type { Document, Value } from '../values/value.ts';
import { bsonTag } from '../values/value.ts';
import type { Command, Request } from './command.ts';
import { namespaceOf, optionalCount, optionalDocument, optionalFlag } from './command.ts';

/** The fields of a find that say what to look for. */
export const findFields = [
  'filter',
  'sort',
  'skip',
  'limit',
  'projection',
  'batchSize',
  'singleBatch',
  'noCursorTimeout',
  'allowDiskUse',
];

/** Reads what a find looks for, in which order and how much of it. */
export function readSearch(body: Document, timeLimit: TimeLimit): Search {
  return {
    filter: compileFilter(optionalDocument(body.filter, 'filter')),
    sort: parseSort(body.sort),
    skip: optionalCount(body.skip, 'skip') ?? 0,
    limit: optionalCount(body.limit, 'limit') ?? 0,
    timeLimit,
  };
}

/** Finds documents. */
export const find: Command = {
  name: 'find',
  fields: findFields,
  kind: 'read',
  inTransaction: true,
  run(request) {
    const { body, workspace, cursors } = request;
    const ns = namespaceOf(request.database, body.find);
    const search = readSearch(body, request.timeLimit);
    const projection = compileProjection(body.projection);
    if (optionalFlag(body.noCursorTimeout, 'noCursorTimeout'))
      throw badValue('noCursorTimeout is not supported');
    optionalFlag(body.allowDiskUse, 'allowDiskUse');
    const collection = workspace.collection(ns);
    const records = collection ? findIn(workspace, collection, search).records : [];
    return cursors.start(ns, shownBytes(records, projection), request, {
      batchSize: optionalCount(body.batchSize, 'batchSize'),
      isSingle: optionalFlag(body.singleBatch, 'singleBatch') ?? false,
    });
  },
};

function* shownBytes(
  records: Iterable<FoundRecord>,
  projection: Projection | undefined,
): Generator<Uint8Array> {
  for (const record of records)
    yield projection ? encode(projection(record.document)) : (record.bytes ?? encode(record.document));
}

/** Reads on from a cursor. */
export const getMore: Command = {
  name: 'getMore',
  fields: ['collection', 'batchSize'],
  kind: 'read',
  inTransaction: true,
  run(request) {
    const { body, cursors } = request;
    const ns = `${request.database}.${String(body.collection)}`;
    return cursors.more(cursorId(body.getMore), ns, optionalCount(body.batchSize, 'batchSize'), request);
  },
};

function cursorId(value: Value): Long {
  if (bsonTag(value) !== 'Long') throw typeMismatch('a cursor id must be a long');
  return value as Long;
}

/** Gives cursors up. */
export const killCursors: Command = {
  name: 'killCursors',
  fields: ['cursors'],
  kind: 'read',
  inTransaction: true,
  run({ body, cursors }) {
    if (!Array.isArray(body.cursors)) throw typeMismatch('cursors must be an array');
    const ids = body.cursors.map(cursorId);
    const cursorsKilled = ids.filter((id) => cursors.kill(id));
    const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id));
    return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
  },
};

/** Counts documents. */
export const count: Command = {
  name: 'count',
  fields: ['query', 'limit', 'skip'],
  kind: 'read',
  inTransaction: false,
  run(request) {
    const { body, workspace } = request;
    const collection = workspace.collection(namespaceOf(request.database, body.count));
    const search = readSearch({ filter: body.query, skip: body.skip, limit: body.limit }, request.timeLimit);
    return { n: collection ? countMatches(request, search, collection) : 0, ok: 1 };
  },
};

/** Counts what a search finds; a search for everything reads no document. */
export function countMatches(
  { workspace }: Request,
  search: Search,
  collection: Parameters<typeof findIn>[1],
): number {
  const { filter } = search;
  const isEverything = filter.kind === 'and' && filter.children.length === 0 && !search.skip && !search.limit;
  if (isEverything && workspace.changes(collection).size === 0) return workspace.reader.count(collection.id);
  let n = 0;
  for (const _ of findIn(workspace, collection, search).records) n++;
  return n;
}

/** Lists the different values of one field. */
export const distinct: Command = {
  name: 'distinct',
  fields: ['key', 'query'],
  kind: 'read',
  inTransaction: true,
  run(request) {
    const { body, workspace } = request;
    if (typeof body.key !== 'string') throw new MongoError(14, "BSON field 'distinct.key' must be a string");
    const collection = workspace.collection(namespaceOf(request.database, body.distinct));
    const search = readSearch({ filter: body.query }, request.timeLimit);
    const records = collection ? findIn(workspace, collection, search).records : [];
    return { values: distinctValues(documentsOf(records), body.key), ok: 1 };
  },
};

/** The documents of found records, decoded as they are read. */
export function* documentsOf(records: Iterable<FoundRecord>): Generator<Document> {
  for (const record of records) yield record.document;
}

import { compilePipeline } from '../aggregate/pipeline.ts';
import { positiveLimit, stages } from '../aggregate/stages.ts';
import { compileFilter } from '../query/filter.ts';
import { parseSort } from '../query/sort.ts';
import { find as findIn, type Search, type TimeLimit } from '../storage/view.ts';
import { encode } from '../values/codec.ts';
import type { Document, Value } from '../values/value.ts';
import { isDocument, isNumber } from '../values/value.ts';
import type { Command, Request } from './command.ts';
import {
  checkKnown,
  documentList,
  namespaceOf,
  optionalCount,
  optionalDocument,
  optionalFlag,
} from './command.ts';
import { countMatches, documentsOf } from './find.ts';

/** Runs an aggregation pipeline. */
export const aggregate: Command = {
  name: 'aggregate',
  fields: ['pipeline', 'cursor', 'allowDiskUse'],
  kind: 'read',
  inTransaction: true,
  run(request) {
    const { body, cursors } = request;
    const ns = namespaceOf(request.database, body.aggregate);
    const pipeline = documentList(body.pipeline, 'aggregate.pipeline');
    optionalFlag(body.allowDiskUse, 'allowDiskUse');
    const cursor = optionalDocument(body.cursor, 'cursor');
    checkKnown(cursor, 'aggregate.cursor', ['batchSize']);
    return cursors.start(ns, encoded(results(request, ns, pipeline)), request, {
      batchSize: optionalCount(cursor.batchSize, 'batchSize'),
    });
  },
};

function results(request: Request, ns: string, pipeline: readonly Document[]): Iterable<Document> {
  const collection = request.workspace.collection(ns);
  const { search, rest } = leadingSearch(pipeline, request.timeLimit);
  const run = compilePipeline(rest);
  if (!collection) return run([]);
  // `countDocuments` groups everything under one constant: then no document need be read.
  if (ignoresDocuments(rest[0])) return run(blank(countMatches(request, search, collection)));
  return run(documentsOf(findIn(request.workspace, collection, search).records));
}

/** Tells whether a stage only counts: `{$group: {_id: 1, n: {$sum: 1}}}`. */
function ignoresDocuments(stage: Document | undefined): boolean {
  if (!stage || !isDocument(stage.$group)) return false;
  return Object.entries(stage.$group).every(([field, value]) =>
    field === '_id' ? isConstant(value) : isDocument(value) && isConstant(value.$sum),
  );
}

const isConstant = (value: Value) => value === null || isNumber(value);

function* blank(count: number): Generator<Document> {
  for (let i = 0; i < count; i++) yield {};
}

/** Turns the first stages into a search, which can use an index. */
function leadingSearch(
  pipeline: readonly Document[],
  timeLimit: TimeLimit,
): { search: Search; rest: Document[] } {
  const rest = [...pipeline];
  /** A stage that opens the pipeline, once it is read as the stage that it is. */
  const take = (stage: keyof typeof stages) => {
    if (!rest[0] || Object.keys(rest[0]).join() !== stage) return undefined;
    const spec = rest.shift()?.[stage];
    stages[stage]?.(spec);
    return spec;
  };
  const filters: Document[] = [];
  for (let filter = take('$match'); filter !== undefined; filter = take('$match'))
    filters.push(optionalDocument(filter, '$match'));
  const sort = take('$sort');
  const skip = take('$skip');
  const limit = take('$limit');
  return {
    search: {
      filter: compileFilter(filters.length > 1 ? { $and: filters } : (filters[0] ?? {})),
      sort: parseSort(sort),
      skip: optionalCount(skip, '$skip') ?? 0,
      limit: limit === undefined ? 0 : positiveLimit(limit),
      timeLimit,
    },
    rest,
  };
}

function* encoded(documents: Iterable<Document>): Generator<Uint8Array> {
  for (const document of documents) yield encode(document);
}

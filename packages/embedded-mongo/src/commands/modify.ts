import { badValue, failedToParse } from '../errors.ts';
import { compileFilter, type FilterNode } from '../query/filter.ts';
import { type KeyPart, parseSort } from '../query/sort.ts';
import { type FoundRecord, find } from '../storage/view.ts';
import { compileUpdate, type Update } from '../update/update.ts';
import { upsertedDocument } from '../update/upsert.ts';
import type { Document, Value } from '../values/value.ts';
import { optionalDocument, type Request } from './command.ts';

/** An update statement read and checked. */
export interface UpdateStatement {
  readonly filter: FilterNode;
  readonly update: Update;
  readonly isMulti: boolean;
  readonly isUpsert: boolean;
  readonly sort: readonly KeyPart[];
}

/** What an update statement did. */
export interface UpdateOutcome {
  readonly matched: number;
  readonly modified: number;
  readonly upserted: Document | undefined;
  /** The one document changed, before and after. */
  readonly before?: Document;
  readonly after?: Document;
}

/** Reads the parts of an update statement as `update`, `bulkWrite` and `findAndModify` give them. */
export function readUpdate(parts: {
  filter: Value;
  update: Value;
  arrayFilters?: Value;
  isMulti?: boolean | undefined;
  isUpsert?: boolean | undefined;
  sort?: Value;
}): UpdateStatement {
  const update = compileUpdate(parts.update, parts.arrayFilters);
  if (update.isReplacement && parts.isMulti)
    throw failedToParse('multi update is not supported for replacement-style update');
  const sort = parseSort(parts.sort);
  if (sort.length > 0 && parts.isMulti) throw badValue('Cannot specify sort with multi=true');
  return {
    filter: compileFilter(optionalDocument(parts.filter, 'q')),
    update,
    isMulti: parts.isMulti ?? false,
    isUpsert: parts.isUpsert ?? false,
    sort,
  };
}

/** Finds what a write is about to change: all of it before the first change, so that no document is met twice. */
export function findTargets(
  request: Request,
  ns: string,
  filter: FilterNode,
  options: { sort?: readonly KeyPart[]; isMulti: boolean },
): FoundRecord[] {
  const collection = request.workspace.collection(ns);
  if (!collection) return [];
  const { sort = [], isMulti } = options;
  return [
    ...find(request.workspace, collection, {
      filter,
      sort,
      limit: isMulti ? 0 : 1,
      timeLimit: request.timeLimit,
    }).records,
  ];
}

/** Runs one update statement. */
export function runUpdate(request: Request, ns: string, statement: UpdateStatement): UpdateOutcome {
  const { workspace } = request;
  const now = new Date();
  const targets = findTargets(request, ns, statement.filter, statement);
  const [first] = targets;
  if (!first)
    return statement.isUpsert
      ? upsert(request, ns, statement, now)
      : { matched: 0, modified: 0, upserted: undefined };
  const collection = workspace.ensureCollection(ns);
  let modified = 0;
  let after: Document = first.document;
  for (const target of targets) {
    after = statement.update.apply(target.document, { matched: target.position, inserting: false, now });
    if (workspace.replace(collection, target, after)) modified++;
  }
  return { matched: targets.length, modified, upserted: undefined, before: first.document, after };
}

function upsert(request: Request, ns: string, statement: UpdateStatement, now: Date): UpdateOutcome {
  const made = upsertedDocument(statement.filter, statement.update, now);
  request.workspace.insert(request.workspace.ensureCollection(ns), made);
  return { matched: 0, modified: 0, upserted: made, after: made };
}

/** Deletes what a filter matches and tells how many documents that were. */
export function runDelete(request: Request, ns: string, filter: FilterNode, isMulti: boolean): number {
  const collection = request.workspace.collection(ns);
  if (!collection) return 0;
  const targets = findTargets(request, ns, filter, { isMulti });
  for (const target of targets) request.workspace.remove(collection, target);
  return targets.length;
}

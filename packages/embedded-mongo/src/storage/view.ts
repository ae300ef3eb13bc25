import { MongoError } from '../errors.ts';
import { type FilterNode, matchNode } from '../query/filter.ts';
import { compareSortValues, type KeyPart, sortBy, sortValues } from '../query/sort.ts';
import { decode } from '../values/codec.ts';
import type { Document } from '../values/value.ts';
import type { Collection } from './catalog.ts';
import type { Index } from './collectionIndex.ts';
import { choosePlan, type Plan } from './planner.ts';
import type { Reader } from './reader.ts';
import { type ScanCounts, scan } from './scan.ts';

/** What a command reads: the latest commit, or a transaction's snapshot with its own writes on top. */
export interface View {
  readonly reader: Reader;
  collection(ns: string): Collection | undefined;
  collections(): readonly Collection[];
  /** The indexes that are complete in this view. */
  indexes(collection: Collection): readonly Index[];
  /** Documents this view has changed but not committed; null marks a deleted one. */
  changes(collection: Collection): ReadonlyMap<number, Document | null>;
  /** The record to which this view has given a unique key without committing it; null: it has freed the key; undefined: neither. */
  ownRecordAt(index: Index, key: Buffer): number | null | undefined;
}

/** A document found, decoded only when someone looks at it. */
export class FoundRecord {
  readonly r: number;
  readonly bytes: Uint8Array | undefined;
  /** The array item that matched, for `$` in updates. */
  position = -1;
  #document: Document | undefined;

  constructor(r: number, content: Uint8Array | Document) {
    this.r = r;
    this.bytes = content instanceof Uint8Array ? content : undefined;
    this.#document = content instanceof Uint8Array ? undefined : content;
  }

  get document(): Document {
    this.#document ??= decode(this.bytes as Uint8Array);
    return this.#document;
  }
}

/** When a search is given up; a cursor that goes on later is no longer bound by it. */
export interface TimeLimit {
  /** Epoch milliseconds, or undefined for no limit. */
  until: number | undefined;
}

/** What to find, in which order, and how long it may take. */
export interface Search {
  readonly filter: FilterNode;
  readonly sort?: readonly KeyPart[];
  readonly skip?: number;
  readonly limit?: number;
  readonly timeLimit?: TimeLimit;
}

/** A search under way: the plan it follows and the documents, read as they are asked for. */
export interface Results {
  readonly plan: Plan;
  readonly counts: ScanCounts;
  readonly records: Generator<FoundRecord>;
}

/** Begins a search. */
export function find(view: View, collection: Collection, search: Search): Results {
  const sort = search.sort ?? [];
  const plan = choosePlan(search.filter, sort, view.indexes(collection), view.reader);
  const counts = { keys: 0, documents: 0 };
  return { plan, counts, records: limited(ordered(view, collection, search, plan, counts), search) };
}

function ordered(
  view: View,
  collection: Collection,
  search: Search,
  plan: Plan,
  counts: ScanCounts,
): Iterable<FoundRecord> {
  const sort = search.sort ?? [];
  if (sort.length === 0 && isById(plan)) return matching(named(view, collection, plan, counts), search);
  const changes = view.changes(collection);
  const stored = matching(unchanged(scan(plan, collection.id, view.reader, counts), changes), search);
  const changed = [...matching(changedRecords(changes), search)];
  if (sort.length === 0) return concatenated(stored, changed);
  if (!plan.isSorted)
    return deferred(() => sortBy([...stored, ...changed], ({ document }) => document, sort));
  return changed.length === 0 ? stored : merged(stored, changed, sort);
}

type IndexPlan = Extract<Plan, { kind: 'index' }>;

function isById(plan: Plan): plan is IndexPlan {
  return (
    plan.kind === 'index' &&
    plan.index.name === '_id_' &&
    plan.stretches.every(({ key }) => key !== undefined)
  );
}

/** The documents that are named by `_id`: one look for each, however many a transaction has changed. */
function* named(
  view: View,
  collection: Collection,
  plan: IndexPlan,
  counts: ScanCounts,
): Generator<FoundRecord> {
  const changes = view.changes(collection);
  for (const stretch of plan.stretches) {
    const own = stretch.key && view.ownRecordAt(plan.index, stretch.key);
    if (typeof own === 'number') {
      const document = changes.get(own);
      if (document) yield new FoundRecord(own, document);
    } else if (own === undefined) {
      for (const { r, d } of scan({ ...plan, stretches: [stretch] }, collection.id, view.reader, counts)) {
        const changed = changes.get(r);
        if (changed !== null) yield new FoundRecord(r, changed ?? d);
      }
    }
  }
}

function* unchanged(
  rows: Iterable<{ r: number; d: Uint8Array }>,
  changes: ReadonlyMap<number, Document | null>,
): Generator<FoundRecord> {
  for (const { r, d } of rows) if (!changes.has(r)) yield new FoundRecord(r, d);
}

function* changedRecords(changes: ReadonlyMap<number, Document | null>): Generator<FoundRecord> {
  for (const [r, document] of changes) if (document) yield new FoundRecord(r, document);
}

const checkEvery = 64;

function* matching(records: Iterable<FoundRecord>, { filter, timeLimit }: Search): Generator<FoundRecord> {
  const acceptsAll = filter.kind === 'and' && filter.children.length === 0;
  let seen = 0;
  for (const record of records) {
    const until = timeLimit?.until;
    if (until !== undefined && seen++ % checkEvery === 0 && Date.now() > until)
      throw new MongoError(50, 'operation exceeded time limit');
    const match = acceptsAll ? -1 : matchNode(filter, record.document);
    if (match === undefined) continue;
    record.position = match;
    yield record;
  }
}

function* concatenated(first: Iterable<FoundRecord>, then: Iterable<FoundRecord>): Generator<FoundRecord> {
  yield* first;
  yield* then;
}

function* deferred(make: () => Iterable<FoundRecord>): Generator<FoundRecord> {
  yield* make();
}

function* merged(
  stored: Iterable<FoundRecord>,
  changed: readonly FoundRecord[],
  sort: readonly KeyPart[],
): Generator<FoundRecord> {
  const waiting = sortBy(changed, ({ document }) => document, sort).map((record) => ({
    record,
    key: sortValues(record.document, sort),
  }));
  for (const record of stored) {
    const key = sortValues(record.document, sort);
    for (let next = waiting[0]; next && compareSortValues(next.key, key, sort) < 0; next = waiting[0]) {
      waiting.shift();
      yield next.record;
    }
    yield record;
  }
  for (const { record } of waiting) yield record;
}

function* limited(records: Iterable<FoundRecord>, { skip = 0, limit = 0 }: Search): Generator<FoundRecord> {
  let at = 0;
  for (const record of records) {
    if (at++ < skip) continue;
    yield record;
    if (limit > 0 && at >= skip + limit) return;
  }
}

/** Refuses to let a transaction look at a collection that was dropped since its snapshot. */
export function snapshotUnavailable(ns: string): MongoError {
  return new MongoError(246, `Unable to read from a snapshot: collection ${ns} has changed since`, {
    labels: ['TransientTransactionError'],
  });
}

import { damaged } from '../errors.ts';
import type { Index } from './collectionIndex.ts';
import type { Plan, Stretch } from './planner.ts';
import { firstChunk, type KeyRow, largestChunk, type Reader, type StoredRow } from './reader.ts';

/** Counts what a scan touched, for `explain`. */
export interface ScanCounts {
  keys: number;
  documents: number;
}

/**
 * Reads the rows a plan leads to, a chunk at a time. Between chunks nothing is held open, so a cursor may
 * stay idle while others write: it goes on after the last entry it saw.
 */
export function* scan(
  plan: Plan,
  collection: number,
  reader: Reader,
  counts: ScanCounts,
): Generator<StoredRow> {
  if (plan.kind === 'collection') {
    for (const row of reader.allDocuments(collection)) {
      counts.documents++;
      yield row;
    }
    return;
  }
  const seen = new Set<number>();
  const isRepeating = plan.kind === 'or' || plan.index.multikey.includes(true);
  for (const { k, r } of plan.kind === 'or' ? scanBranches(plan.plans, reader) : scanIndex(plan, reader)) {
    counts.keys++;
    if (isRepeating && seen.has(r)) continue;
    if (isRepeating) seen.add(r);
    const d = reader.document(r);
    if (!d) {
      // Deleted since the entry was read, unless the entry is still there.
      if (isNamed(plan, k, r, reader)) throw damaged(`an index names document ${r}, which is not there`);
      continue;
    }
    counts.documents++;
    yield { r, d };
  }
}

function isNamed(plan: Plan, k: Uint8Array, r: number, reader: Reader): boolean {
  if (plan.kind === 'index') return reader.hasKey(plan.index.id, k, r);
  return plan.kind === 'or' && plan.plans.some((branch) => isNamed(branch, k, r, reader));
}

function* scanBranches(plans: readonly Plan[], reader: Reader): Generator<KeyRow> {
  for (const plan of plans)
    if (plan.kind === 'index') yield* scanIndex(plan, reader);
    else if (plan.kind === 'or') yield* scanBranches(plan.plans, reader);
}

type IndexPlan = Extract<Plan, { kind: 'index' }>;

function* scanIndex(plan: IndexPlan, reader: Reader): Generator<KeyRow> {
  const { stretches, index, direction } = plan;
  if (plan.isSorted && stretches.length > 1) yield* mergeStretches(plan, reader);
  else for (const stretch of stretches) yield* scanStretch(index, stretch, direction, reader);
}

function* scanStretch(
  index: Index,
  { range, key }: Stretch,
  direction: 1 | -1,
  reader: Reader,
): Generator<KeyRow> {
  if (key && index.unique) {
    // At most one entry, which one look finds.
    for (const r of reader.recordsAt(index.id, key)) yield { k: key, r };
    return;
  }
  let size = firstChunk;
  let last: KeyRow | undefined;
  for (;;) {
    const rows = reader.keys(index.id, range, direction, last, size);
    yield* rows;
    if (rows.length < size) return;
    last = rows.at(-1);
    size = Math.min(size * 4, largestChunk);
  }
}

/** Reads several stretches at once, always taking the entry that sorts first by what follows the shared points. */
function* mergeStretches({ stretches, index, direction }: IndexPlan, reader: Reader): Generator<KeyRow> {
  const open = stretches
    .map((stretch) => ({ rows: scanStretch(index, stretch, direction, reader), skip: stretch.skip }))
    .flatMap(({ rows, skip }) => {
      const head = rows.next();
      return head.done ? [] : [{ rows, skip, row: head.value, key: head.value.k.subarray(skip) }];
    });
  while (open.length > 0) {
    let best = 0;
    for (let i = 1; i < open.length; i++)
      if (Buffer.compare(keyOf(open, i), keyOf(open, best)) * direction < 0) best = i;
    const stream = open[best] as (typeof open)[number];
    yield stream.row;
    const next = stream.rows.next();
    if (next.done) open.splice(best, 1);
    else Object.assign(stream, { row: next.value, key: next.value.k.subarray(stream.skip) });
  }
}

function keyOf(open: readonly { key: Uint8Array }[], i: number): Uint8Array {
  return (open[i] as { key: Uint8Array }).key;
}

import type { FilterNode } from '../query/filter.ts';
import type { KeyPart } from '../query/sort.ts';
import { closedKey } from '../values/keyEncoding.ts';
import type { Bounds } from './bounds.ts';
import { boundsOf, conditionsByPath, keyRange } from './bounds.ts';
import type { Index } from './collectionIndex.ts';
import { impliesPartial } from './partial.ts';
import type { KeyRange, Reader } from './reader.ts';

/** One stretch of an index to read; `skip` is how many leading bytes its keys share with the points before the sort. */
export interface Stretch {
  readonly range: KeyRange;
  readonly skip: number;
  /** The one key it can hold, when every part of the index is bound to a point. */
  readonly key?: Buffer;
}

/** How to find the documents a filter may match. Whatever the plan, each document is still tested. */
export type Plan =
  | { readonly kind: 'collection'; readonly isSorted: false }
  | {
      readonly kind: 'index';
      readonly index: Index;
      readonly stretches: readonly Stretch[];
      readonly direction: 1 | -1;
      readonly isSorted: boolean;
    }
  | { readonly kind: 'or'; readonly plans: readonly Plan[]; readonly isSorted: false };

type IndexPlan = Extract<Plan, { kind: 'index' }>;

/** An `$in` of more values than this reads the whole collection. */
const mostStretches = 10_000;
/** Merging more stretches than this costs more than sorting. */
const mostMerged = 200;
const estimateLimit = 1000;

/** Chooses the index that leads to the fewest documents, and if it can the one that also gives the order asked for. */
export function choosePlan(
  filter: FilterNode,
  sort: readonly KeyPart[],
  indexes: readonly Index[],
  reader: Reader,
): Plan {
  const conditions = conditionsByPath(filter);
  const byId = planById(conditions, sort, indexes);
  if (byId) return byId;
  const usable = indexes.filter((index) => isComplete(index, conditions));
  const plans = usable
    .map((index) => planIndex(index, conditions, sort))
    .filter((plan) => plan !== undefined);
  const exact = plans.find(({ plan, points }) => plan.index.unique && points === plan.index.parts.length);
  if (exact) return exact.plan;
  const bounded = plans.filter(({ isBounded }) => isBounded);
  const best = cheapest(bounded, reader);
  if (best) return best;
  return (
    planOr(filter, indexes, reader) ??
    plans.find(({ plan }) => plan.isSorted)?.plan ?? { kind: 'collection', isSorted: false }
  );
}

/** Whoever names documents by `_id` finds at most one for each name: no other index can do better. */
function planById(
  conditions: ReturnType<typeof conditionsByPath>,
  sort: readonly KeyPart[],
  indexes: readonly Index[],
): IndexPlan | undefined {
  const index = conditions.has('_id') ? indexes.find(({ name }) => name === '_id_') : undefined;
  const found = index && planIndex(index, conditions, sort);
  return found?.arePoints ? found.plan : undefined;
}

interface Candidate {
  readonly plan: IndexPlan;
  /** How many leading parts are bound to points. */
  readonly points: number;
  readonly isBounded: boolean;
  /** Whether every part is bound to points. */
  readonly arePoints: boolean;
}

/** An index that leaves documents out serves only filters whose matches are all in it. */
function isComplete(index: Index, conditions: ReturnType<typeof conditionsByPath>): boolean {
  if (index.partial) return impliesPartial(index.partial, conditions);
  if (!index.sparse) return true;
  return index.parts.some(({ path }) => {
    const bounds = boundsOf(conditions.get(path) ?? [], true);
    return bounds?.ranges.every(({ rank }) => rank > 0x0a) === true;
  });
}

function planIndex(
  index: Index,
  conditions: ReturnType<typeof conditionsByPath>,
  sort: readonly KeyPart[],
): Candidate | undefined {
  const bounds = leadingBounds(index, conditions);
  const points = bounds.findIndex(({ arePoints }) => !arePoints);
  const pointCount = points < 0 ? bounds.length : points;
  const order = sortOrder(index, bounds.slice(0, pointCount), sort);
  if (bounds.length === 0 && !order) return undefined;
  const stretches = stretchesOf(index, bounds, order?.start ?? 0);
  const isSorted = order !== undefined && stretches.length <= mostMerged;
  return {
    plan: { kind: 'index', index, stretches, direction: order?.direction ?? 1, isSorted },
    points: bounds.slice(0, pointCount).every(({ ranges }) => ranges.length === 1) ? pointCount : 0,
    isBounded: bounds.length > 0,
    arePoints: pointCount === index.parts.length,
  };
}

/** The bounds of the leading parts: points as far as they go, then at most one range. */
function leadingBounds(index: Index, conditions: ReturnType<typeof conditionsByPath>): Bounds[] {
  const leading: Bounds[] = [];
  const arrays = new Set<string>();
  let stretches = 1;
  for (const [i, part] of index.parts.entries()) {
    const root = part.parts[0] as string;
    // Two paths into one array: conditions on both may be met by different items, so only one may narrow.
    if (arrays.has(root)) break;
    const bounds = boundsOf(conditions.get(part.path) ?? [], index.multikey[i] === true);
    if (!bounds) break;
    stretches *= bounds.ranges.length;
    if (stretches > mostStretches) break;
    if (index.multikey[i]) arrays.add(root);
    leading.push(bounds);
    if (!bounds.arePoints) break;
  }
  return leading;
}

/** Where in the index the sort begins, when the index gives that order. */
function sortOrder(
  index: Index,
  points: readonly Bounds[],
  sort: readonly KeyPart[],
): { start: number; direction: 1 | -1 } | undefined {
  if (sort.length === 0) return undefined;
  const constant = new Set(
    points.flatMap(({ ranges }, i) =>
      ranges.length === 1 && !index.multikey[i] ? [index.parts[i]?.path] : [],
    ),
  );
  const wanted = sort.filter(({ path }) => !constant.has(path));
  if (wanted.length === 0) return { start: points.length, direction: 1 };
  for (let start = 0; start <= points.length; start++) {
    const direction = (wanted[0] as KeyPart).direction === index.parts[start]?.direction ? 1 : -1;
    const fits = wanted.every(({ path, direction: asked }, j) => {
      const part = index.parts[start + j];
      return part?.path === path && !index.multikey[start + j] && part.direction * direction === asked;
    });
    if (fits) return { start, direction };
  }
  return undefined;
}

function stretchesOf(index: Index, bounds: readonly Bounds[], sortStart: number): Stretch[] {
  let open: { prefix: Buffer; skip: number; range?: KeyRange }[] = [{ prefix: Buffer.alloc(0), skip: 0 }];
  for (const [i, { arePoints, ranges }] of bounds.entries()) {
    const direction = index.parts[i]?.direction ?? 1;
    open = open.flatMap(({ prefix, skip }) =>
      ranges.map((range) => {
        const { from, to } = keyRange(range, direction);
        const point = arePoints && range.low ? keyPoint(range.low.key, direction) : from;
        const next = Buffer.concat([prefix, point]);
        return {
          prefix: next,
          skip: i < sortStart ? next.length : skip,
          range: { from: Buffer.concat([prefix, arePoints ? point : from]), to: Buffer.concat([prefix, to]) },
        };
      }),
    );
  }
  const everything = { from: Buffer.alloc(0), to: Buffer.of(0xff, 0xff) };
  const isWhole = bounds.length === index.parts.length && bounds.every(({ arePoints }) => arePoints);
  return open.map(({ prefix, range, skip }) =>
    isWhole
      ? { range: range ?? everything, skip, key: closedKey(prefix) }
      : { range: range ?? everything, skip },
  );
}

function keyPoint(key: Buffer, direction: 1 | -1): Buffer {
  return direction === 1 ? key : Buffer.from(key.map((byte) => 255 - byte));
}

function cheapest(candidates: readonly Candidate[], reader: Reader): IndexPlan | undefined {
  if (candidates.length < 2) return candidates[0]?.plan;
  const costs = candidates.map(({ plan }) => ({ plan, cost: estimate(plan, reader) }));
  costs.sort((a, b) => a.cost - b.cost || Number(b.plan.isSorted) - Number(a.plan.isSorted));
  return costs[0]?.plan;
}

function estimate(plan: IndexPlan, reader: Reader): number {
  let total = 0;
  for (const { range } of plan.stretches) {
    total += reader.estimate(plan.index.id, range, estimateLimit - total);
    if (total >= estimateLimit) break;
  }
  return total;
}

/** Reads one index per branch of an `$or`, when each branch has one. */
function planOr(filter: FilterNode, indexes: readonly Index[], reader: Reader): Plan | undefined {
  const or = filter.kind === 'and' ? filter.children.find(({ kind }) => kind === 'or') : filter;
  if (or?.kind !== 'or') return undefined;
  const plans = or.children.map((branch) => choosePlan(branch, [], indexes, reader));
  return plans.some(({ kind }) => kind === 'collection') ? undefined : { kind: 'or', plans, isSorted: false };
}

import type { BSONRegExp } from 'bson';
import {
  compileFilter,
  type FilterNode,
  isOperatorDocument,
  opensFilter,
  type PathNode,
} from '../query/filter.ts';
import type { Predicate } from '../query/predicate.ts';
import { literalPrefix } from '../query/regex.ts';
import { encodeKey, orient } from '../values/keyEncoding.ts';
import { typeOf } from '../values/types.ts';
import type { Value } from '../values/value.ts';
import { bsonTag, isDocument } from '../values/value.ts';
import type { KeyRange } from './reader.ts';

/** Where the values that can satisfy the conditions on one path lie, in ascending order. */
export interface Bounds {
  /** True when every range holds one value only. */
  readonly arePoints: boolean;
  readonly ranges: readonly ValueRange[];
}

/** A range of values; a limit that is missing stands for the end of the operand's type. */
interface ValueRange {
  readonly rank: number;
  readonly low?: { readonly key: Buffer; readonly inclusive: boolean };
  readonly high?: { readonly key: Buffer; readonly inclusive: boolean };
  /** Set for all texts that begin with one. */
  readonly prefix?: Buffer;
}

/** The conditions every match must meet, by path; those inside `$elemMatch` count for the path they lead to. */
export function conditionsByPath(filter: FilterNode): Map<string, Predicate[]> {
  const conditions = new Map<string, Predicate[]>();
  collect(filter, '', conditions);
  return conditions;
}

function collect(node: FilterNode, prefix: string, into: Map<string, Predicate[]>): void {
  if (node.kind === 'path') collectPath(node, prefix, into);
  else if (node.kind === 'and' || (node.kind === 'or' && node.children.length === 1))
    for (const child of node.children) collect(child, prefix, into);
}

function collectPath(node: PathNode, prefix: string, into: Map<string, Predicate[]>): void {
  const path = prefix + node.path;
  const { operator, operand } = node.predicate;
  into.set(path, [...(into.get(path) ?? []), node.predicate]);
  if (
    operator === '$elemMatch' &&
    isDocument(operand) &&
    (!isOperatorDocument(operand) || opensFilter(operand))
  )
    collect(compileFilter(operand), `${path}.`, into);
}

/** Turns the conditions on one path into bounds, or undefined when they exclude nothing an index could skip. */
export function boundsOf(predicates: readonly Predicate[], isMultikey: boolean): Bounds | undefined {
  const all = predicates.map(predicateBounds).filter((bounds) => bounds !== undefined);
  const points = all
    .filter(({ arePoints }) => arePoints)
    .sort((a, b) => a.ranges.length - b.ranges.length)[0];
  if (points) return points;
  const [first, ...rest] = all;
  // In an array one item may meet the lower limit and another the upper one.
  if (!first || isMultikey) return first;
  return rest.reduce(intersect, first);
}

function intersect(a: Bounds, b: Bounds): Bounds {
  const [x] = a.ranges;
  const [y] = b.ranges;
  if (a.ranges.length !== 1 || b.ranges.length !== 1 || !x || !y || x.rank !== y.rank || x.prefix || y.prefix)
    return a;
  const low = pick(x.low, y.low, 1);
  const high = pick(x.high, y.high, -1);
  return { arePoints: false, ranges: [{ rank: x.rank, ...(low ? { low } : {}), ...(high ? { high } : {}) }] };
}

function pick(a: ValueRange['low'], b: ValueRange['low'], direction: 1 | -1): ValueRange['low'] {
  if (!a || !b) return a ?? b;
  const order = Buffer.compare(a.key, b.key) * direction;
  if (order === 0) return a.inclusive ? b : a;
  return order > 0 ? a : b;
}

function predicateBounds({ operator, operand }: Predicate): Bounds | undefined {
  switch (operator) {
    case '$eq':
      return points([operand]);
    case '$in':
      return points(operand as Value[]);
    case '$all':
      return points((operand as Value[]).slice(0, 1));
    case '$regex':
      return textBounds(operand);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return rangeBounds(operator, operand);
    default:
      return undefined;
  }
}

function points(values: readonly Value[]): Bounds | undefined {
  const keys = new Map<string, ValueRange>();
  for (const value of values) {
    if (Array.isArray(value) || bsonTag(value) === 'BSONRegExp' || isOperatorDocument(value))
      return undefined;
    const range = pointRange(value ?? null);
    keys.set(range.low?.key.toString('latin1') ?? '', range);
  }
  const ranges = [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, range]) => range);
  // No value at all is met by nothing: no range is read.
  return { arePoints: true, ranges };
}

function pointRange(value: Value): ValueRange {
  const limit = { key: encodeKey(value), inclusive: true };
  return { rank: typeOf(value).rank, low: limit, high: limit };
}

function rangeBounds(operator: string, operand: Value): Bounds | undefined {
  const tag = bsonTag(operand);
  if (operand === null || Array.isArray(operand) || tag === 'MinKey' || tag === 'MaxKey') return undefined;
  const limit = { key: encodeKey(operand), inclusive: operator.endsWith('e') };
  const { rank } = typeOf(operand);
  return {
    arePoints: false,
    ranges: [operator.startsWith('$g') ? { rank, low: limit } : { rank, high: limit }],
  };
}

function textBounds(operand: Value): Bounds | undefined {
  const text = literalPrefix(operand);
  if (text === undefined) return undefined;
  const starting: ValueRange = { rank: 0x15, prefix: Buffer.from(text, 'utf8') };
  if (bsonTag(operand) !== 'BSONRegExp') return { arePoints: false, ranges: [starting] };
  return { arePoints: false, ranges: [starting, pointRange(operand as BSONRegExp)] };
}

const above = Buffer.of(0xff);

/** The range of key bytes, within one part of an index, that holds a range of values. */
export function keyRange(range: ValueRange, direction: 1 | -1): KeyRange {
  const { rank, low, high, prefix } = range;
  if (prefix) {
    const from = orient(Buffer.concat([Buffer.of(rank), prefix]), direction);
    return { from, to: Buffer.concat([from, above, above, above]) };
  }
  const first = direction === 1 ? low : high;
  const last = direction === 1 ? high : low;
  const type = direction === 1 ? rank : 255 - rank;
  return {
    from: first ? limitBytes(first.key, direction, !first.inclusive) : Buffer.of(type),
    to: last ? limitBytes(last.key, direction, last.inclusive) : Buffer.of(type + 1),
  };
}

/** The place just before or just after all keys that hold this value. */
function limitBytes(key: Buffer, direction: 1 | -1, isAfter: boolean): Buffer {
  const bytes = orient(key, direction);
  if (isAfter) return Buffer.concat([bytes, above]);
  return direction === 1 ? bytes : Buffer.concat([bytes, Buffer.of(0x01)]);
}

import { badValue, MongoError } from '../errors.ts';
import { arrayIndex } from '../values/paths.ts';
import type { Document, Value } from '../values/value.ts';
import { bsonTag, getField, isDocument, setField } from '../values/value.ts';

/** A path of the update with `$`, `$[]` and `$[name]` replaced by positions. */
export type ConcretePath = readonly string[];

/** What the positional parts of an update's paths stand for in one document. */
export interface Positions {
  /** The item the query matched, or -1. */
  readonly matched: number;
  readonly arrayFilters: ReadonlyMap<string, (item: Value) => boolean>;
}

const longestArray = 1_500_000;

/** Replaces the positional parts of a path by the positions they mean in this document. */
export function resolvePath(root: Document, parts: readonly string[], positions: Positions): ConcretePath[] {
  let open: { path: string[]; value: Value }[] = [{ path: [], value: root }];
  for (const part of parts)
    open = open.flatMap(({ path, value }) =>
      expand(part, value, positions, parts).map((step) => ({
        path: [...path, step],
        value: child(value, step),
      })),
    );
  return open.map(({ path }) => path);
}

function expand(part: string, value: Value, positions: Positions, parts: readonly string[]): string[] {
  if (part === '$') {
    if (positions.matched < 0)
      throw badValue('The positional operator did not find the match needed from the query.');
    return [String(positions.matched)];
  }
  if (!part.startsWith('$[')) return [part];
  if (!Array.isArray(value))
    throw badValue(`Cannot apply array updates to non-array element of path '${parts.join('.')}'`);
  const name = part.slice(2, -1);
  const passes = name === '' ? () => true : positions.arrayFilters.get(name);
  if (!passes) throw badValue(`No array filter found for identifier '${name}' in path '${parts.join('.')}'`);
  return value.flatMap((item, i) => (passes(item) ? [String(i)] : []));
}

function child(value: Value, step: string): Value {
  if (Array.isArray(value)) {
    const index = arrayIndex(step);
    return index === undefined ? undefined : value[index];
  }
  return isDocument(value) ? getField(value, step) : undefined;
}

/** The value at a concrete path, or undefined. */
export function readAt(root: Document, path: ConcretePath): Value {
  return path.reduce<Value>(child, root);
}

/** Sets the value at a concrete path, making the documents on the way; arrays grow with nulls. */
export function writeAt(root: Document, path: ConcretePath, value: Value): void {
  let holder: Value = root;
  for (const [i, step] of path.entries()) {
    const last = i === path.length - 1;
    let next: Value = last ? value : child(holder, step);
    if (next === undefined) next = {};
    if (Array.isArray(holder)) setItem(holder, step, next, path);
    else if (isDocument(holder)) setField(holder, step, next);
    else throw notViable(step, path);
    holder = next;
  }
}

function setItem(array: Value[], step: string, value: Value, path: ConcretePath): void {
  const index = arrayIndex(step);
  if (index === undefined) throw notViable(step, path);
  if (index > array.length + longestArray)
    throw badValue(`can't backfill array to larger than ${longestArray} elements`);
  while (array.length < index) array.push(null);
  array[index] = value;
}

function notViable(step: string, path: ConcretePath): MongoError {
  return new MongoError(28, `Cannot create field '${step}' in the element at '${path.join('.')}'`);
}

/** Removes the field at a concrete path; an array item becomes null, as positions must not shift. */
export function removeAt(root: Document, path: ConcretePath): void {
  const holder = readAt(root, path.slice(0, -1));
  const last = path.at(-1) as string;
  if (Array.isArray(holder)) {
    const index = arrayIndex(last);
    if (index !== undefined && index < holder.length) holder[index] = null;
  } else if (isDocument(holder) && bsonTag(holder) === undefined) delete holder[last];
}

import type { Document, Value } from './value.ts';
import { getField, isDocument } from './value.ts';

const indexPattern = /^(0|[1-9][0-9]*)$/;

/** The position a path part names in an array, or undefined when it is a field name only. */
export function arrayIndex(part: string): number | undefined {
  return indexPattern.test(part) ? Number(part) : undefined;
}

/** What a path leads to: one value, with the arrays it was reached through. */
export interface Found {
  readonly value: Value;
  /** Positions in the arrays crossed on the way, outermost first; `$` in an update takes the first. */
  readonly positions: readonly number[];
}

/**
 * Every value a dotted path leads to, going into the documents inside arrays as queries do. A document
 * that lacks the field gives one missing value; scalars inside an array give none.
 */
export function lookup(root: Value, parts: readonly string[]): Found[] {
  const found: Found[] = [];
  walk(root, parts, 0, [], found);
  return found;
}

function walk(
  value: Value,
  parts: readonly string[],
  at: number,
  positions: readonly number[],
  found: Found[],
): void {
  if (at === parts.length) {
    found.push({ value, positions });
    return;
  }
  const part = parts[at] as string;
  if (Array.isArray(value)) {
    walkArray(value, part, parts, at, positions, found);
    return;
  }
  if (!isDocument(value)) {
    found.push({ value: undefined, positions });
    return;
  }
  walk(getField(value, part), parts, at + 1, positions, found);
}

function walkArray(
  array: Value[],
  part: string,
  parts: readonly string[],
  at: number,
  positions: readonly number[],
  found: Found[],
): void {
  const index = arrayIndex(part);
  if (index !== undefined && index < array.length) walk(array[index], parts, at + 1, positions, found);
  for (const [i, item] of array.entries())
    if (isDocument(item)) walk(item, parts, at, positions.length ? positions : [i], found);
}

/** The value at a path that crosses no array, or undefined; `_id.a` of `{_id: {a: 1}}` is 1. */
export function plainValue(root: Document, parts: readonly string[]): Value {
  let value: Value = root;
  for (const part of parts) {
    if (!isDocument(value)) return undefined;
    value = getField(value, part);
  }
  return value;
}

/**
 * The values to sort by, which are those an index holds: of an array each item, where the path goes on through its documents,
 * and null for what is no document or lacks the field. An empty array at the end of the path is the least of all values.
 */
export function keyValues(root: Document, parts: readonly string[]): Value[] {
  const values: Value[] = [];
  gather(root, parts, 0, values);
  return values;
}

function gather(value: Value, parts: readonly string[], at: number, values: Value[]): void {
  const part = parts[at];
  if (part === undefined) {
    if (!Array.isArray(value)) values.push(value ?? null);
    else if (value.length === 0) values.push(undefined);
    else for (const item of value) values.push(item ?? null);
  } else if (Array.isArray(value)) {
    const index = arrayIndex(part);
    if (index !== undefined) gather(value[index], parts, at + 1, values);
    else if (value.length === 0) values.push(null);
    else for (const item of value) gather(isDocument(item) ? item : undefined, parts, at, values);
  } else gather(isDocument(value) ? getField(value, part) : undefined, parts, at + 1, values);
}

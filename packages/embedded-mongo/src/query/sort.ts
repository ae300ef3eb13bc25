import { badValue } from '../errors.ts';
import { compareValues } from '../values/compare.ts';
import { toDouble } from '../values/numbers.ts';
import { keyValues } from '../values/paths.ts';
import type { Document, Value } from '../values/value.ts';
import { isDocument, isNumber } from '../values/value.ts';

/** One field of a sort or of an index key. */
export interface KeyPart {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

/** Reads `{a: 1, b: -1}` as given for a sort. */
export function parseSort(sort: Value): KeyPart[] {
  if (sort === undefined || sort === null) return [];
  if (!isDocument(sort)) throw badValue('sort must be a document');
  return Object.keys(sort).map((path) => {
    const value = sort[path];
    const direction = isNumber(value) ? toDouble(value) : undefined;
    if (direction !== 1 && direction !== -1) throw badValue(`Illegal sort of '${path}': must be 1 or -1`);
    if (path === '' || path.startsWith('$')) throw badValue(`Illegal sort path '${path}'`);
    return { path, parts: path.split('.'), direction };
  });
}

/** The values a document sorts by: of an array, its least item when ascending, its greatest when descending. */
export function sortValues(document: Document, sort: readonly KeyPart[]): Value[] {
  return sort.map(({ parts, direction }) => {
    const values = keyValues(document, parts);
    return values.reduce((best, value) => (compareValues(value, best) * direction < 0 ? value : best));
  });
}

/** Orders two lists of sort values. */
export function compareSortValues(
  a: readonly Value[],
  b: readonly Value[],
  sort: readonly KeyPart[],
): number {
  for (const [i, { direction }] of sort.entries()) {
    const order = compareValues(a[i], b[i]) * direction;
    if (order !== 0) return order;
  }
  return 0;
}

/** Sorts anything that has a document, keeping the order of equals. */
export function sortBy<T>(
  items: readonly T[],
  documentOf: (item: T) => Document,
  sort: readonly KeyPart[],
): T[] {
  return items
    .map((item) => ({ item, key: sortValues(documentOf(item), sort) }))
    .sort((a, b) => compareSortValues(a.key, b.key, sort))
    .map(({ item }) => item);
}

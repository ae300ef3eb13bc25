import { MongoError } from '../errors.ts';
import type { KeyPart } from '../query/sort.ts';
import { arrayIndex } from '../values/paths.ts';
import type { Document, Value } from '../values/value.ts';
import { getField, isDocument } from '../values/value.ts';

interface Place {
  value: Value;
  rest: readonly string[];
}

/** The combinations of values a document puts into a compound index: one per item of the array its paths meet. */
export interface Tuples {
  readonly tuples: Value[][];
  readonly multikey: readonly boolean[];
  /** True when none of the fields exists. */
  readonly isEmpty: boolean;
}

/** Reads the tuples of a document; two different arrays in one index are refused, as their product has no bound. */
export function indexTuples(document: Document, parts: readonly KeyPart[]): Tuples {
  return plainTuples(document, parts) ?? allTuples(document, parts);
}

/** The tuples of the common case: an index on fields of the document itself, none of them an array or one with items. */
function plainTuples(document: Document, parts: readonly KeyPart[]): Tuples | undefined {
  const tuple: Value[] = [];
  let exists = false;
  let place = -1;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as KeyPart;
    if (part.parts.length > 1) return undefined;
    const value = getField(document, part.path);
    if (value !== undefined) exists = true;
    if (Array.isArray(value)) {
      if (place >= 0 || value.length === 0) return undefined;
      place = i;
    }
    tuple.push(value ?? null);
  }
  const multikey = parts.map((_part, i) => i === place);
  if (place < 0) return { tuples: [tuple], multikey, isEmpty: !exists };
  const items = tuple[place] as Value[];
  return { tuples: items.map((item) => tuple.with(place, item ?? null)), multikey, isEmpty: false };
}

function allTuples(document: Document, parts: readonly KeyPart[]): Tuples {
  const multikey = parts.map(() => false);
  const tuples: Value[][] = [];
  let exists = false;
  const expand = (places: Place[]): void => {
    const ends = places.map(descend);
    const array = sharedArray(ends);
    if (!array) {
      if (ends.some(({ value }) => value !== undefined)) exists = true;
      tuples.push(ends.map(({ value }) => value ?? null));
      return;
    }
    const affected = ends.map(({ value }) => value === array);
    for (const [i, hit] of affected.entries()) if (hit) multikey[i] = true;
    if (array.length === 0) {
      exists = true;
      tuples.push(ends.map(({ value, rest }, i) => (affected[i] ? emptyArrayKey(rest) : descendLeaf(value))));
      return;
    }
    for (const item of array) expand(ends.map((end, i) => (affected[i] ? intoItem(end, item) : end)));
  };
  expand(parts.map((part) => ({ value: document, rest: part.parts })));
  return { tuples, multikey, isEmpty: !exists };
}

/** Goes down to the end of the path or to the first array. */
function descend(place: Place): Place {
  let { value, rest } = place;
  for (;;) {
    if (Array.isArray(value)) {
      const index = rest[0] === undefined ? undefined : arrayIndex(rest[0]);
      if (index === undefined) return { value, rest };
      value = value[index];
    } else if (rest.length === 0) return { value, rest };
    else value = isDocument(value) ? getField(value, rest[0] as string) : undefined;
    rest = rest.slice(1);
  }
}

function sharedArray(ends: readonly Place[]): Value[] | undefined {
  const arrays = ends.flatMap(({ value, rest }) => (Array.isArray(value) && !isItem(rest) ? [value] : []));
  if (arrays.some((array) => array !== arrays[0])) throw new MongoError(171, 'cannot index parallel arrays');
  return arrays[0];
}

/** Marks an array that is itself an item: it is indexed whole. */
const whole = ['\0item'];
const isItem = (rest: readonly string[]) => rest === whole;

function intoItem(end: Place, item: Value): Place {
  if (end.rest.length > 0)
    return { value: isDocument(item) ? item : undefined, rest: isDocument(item) ? end.rest : [] };
  return Array.isArray(item) ? { value: item, rest: whole } : { value: item ?? null, rest: [] };
}

const emptyArrayKey = (rest: readonly string[]): Value => (rest.length === 0 ? undefined : null);
const descendLeaf = (value: Value): Value => value ?? null;

import { badValue, MongoError } from '../errors.ts';
import { compileFilter, type FilterNode, matchNode, rootsOf } from '../query/filter.ts';
import { isTruthy } from '../query/operators.ts';
import { type KeyPart, parseSort } from '../query/sort.ts';
import { encodeCompoundKey } from '../values/keyEncoding.ts';
import { toWholeNumber } from '../values/numbers.ts';
import type { Document, Value } from '../values/value.ts';
import { getField, isDocument } from '../values/value.ts';
import { indexTuples } from './indexTuples.ts';

/** An index of a collection, ready to make keys and be planned with. */
export interface Index {
  readonly id: number;
  readonly name: string;
  readonly parts: readonly KeyPart[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: FilterNode | undefined;
  readonly expireAfterSeconds: number | undefined;
  /** The top-level fields that its keys follow from. */
  readonly roots: readonly string[];
  /** The specification as `listIndexes` shows it. */
  readonly spec: Document;
  /** Per part: whether any document has had an array on its path. Only ever grows. */
  readonly multikey: boolean[];
}

const allowed = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'background',
  'partialFilterExpression',
  'expireAfterSeconds',
]);

/** Reads an index specification, refusing options and kinds of index that are not supported. */
export function readIndexSpec(spec: Value, id: number, multikey: readonly boolean[] = []): Index {
  if (!isDocument(spec) || !isDocument(spec.key))
    throw badValue('an index specification needs a key document');
  for (const option of Object.keys(spec))
    if (!allowed.has(option))
      throw new MongoError(197, `The field '${option}' is not valid for an index specification`);
  const parts = readKey(spec.key);
  const { name } = spec;
  if (spec.v !== undefined && toWholeNumber(spec.v, 'v') !== 2)
    throw new MongoError(67, 'only index version 2 is supported');
  if (typeof name !== 'string' || name === '') throw new MongoError(67, 'an index needs a name');
  const partial = readPartial(spec.partialFilterExpression);
  if (partial && isTruthy(spec.sparse))
    throw new MongoError(67, "cannot mix 'partialFilterExpression' and 'sparse' options");
  return {
    id,
    name,
    parts,
    unique: isTruthy(spec.unique),
    sparse: isTruthy(spec.sparse),
    partial,
    expireAfterSeconds: readExpiry(spec.expireAfterSeconds, parts),
    roots: [
      ...new Set([...parts.map(({ parts: [root] }) => root as string), ...(partial ? rootsOf(partial) : [])]),
    ],
    spec: shown(spec),
    multikey: parts.map((_part, i) => multikey[i] ?? false),
  };
}

function readKey(key: Document): KeyPart[] {
  try {
    const parts = parseSort(key);
    if (parts.length === 0) throw badValue('Index keys cannot be an empty object');
    if (parts.some(({ path }) => path.includes('$'))) throw badValue('wildcard indexes are not supported');
    return parts;
  } catch (cause) {
    throw new MongoError(67, `Bad index key: ${(cause as Error).message}`);
  }
}

function readPartial(expression: Value): FilterNode | undefined {
  if (expression === undefined) return undefined;
  if (!isDocument(expression)) throw new MongoError(67, 'partialFilterExpression must be a document');
  return compileFilter(expression);
}

function readExpiry(seconds: Value, parts: readonly KeyPart[]): number | undefined {
  if (seconds === undefined) return undefined;
  const value = toWholeNumber(seconds, 'expireAfterSeconds');
  if (value < 0) throw new MongoError(67, 'expireAfterSeconds cannot be less than 0');
  if (parts.length > 1) throw new MongoError(67, 'TTL indexes are single-field indexes');
  return value;
}

function shown(spec: Document): Document {
  const { background: _legacy, v, key, name, ...options } = spec;
  return { v, key, name, ...options };
}

/** The keys a document has in an index, and which parts met an array. */
export function indexKeys(
  index: Index,
  document: Document,
): { keys: Buffer[]; multikey: readonly boolean[] } {
  if (index.partial && matchNode(index.partial, document) === undefined) return { keys: [], multikey: [] };
  const { tuples, multikey, isEmpty } = indexTuples(document, index.parts);
  if (index.sparse && isEmpty) return { keys: [], multikey: [] };
  const directions = index.parts.map(({ direction }) => direction);
  const keys: Buffer[] = [];
  for (const tuple of tuples) {
    const key = encodeCompoundKey(tuple, directions);
    if (tuples.length === 1 || !keys.some((had) => had.equals(key))) keys.push(key);
  }
  return { keys, multikey };
}

/** Tells whether a change of a document may change its keys; in doubt it does. */
export function mayChangeKeys(index: Index, before: Document, after: Document): boolean {
  return index.roots.some((root) => !isSame(getField(before, root), getField(after, root)));
}

/** Same value, as far as that is cheap to see. */
function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((item, i) => item === b[i]);
}

/** The refusal a second document with the same unique key gets. */
export function duplicateKey(ns: string, index: Index, document: Document, key: Uint8Array): MongoError {
  const directions = index.parts.map(({ direction }) => direction);
  const tuple =
    indexTuples(document, index.parts).tuples.find((values) =>
      encodeCompoundKey(values, directions).equals(key),
    ) ?? [];
  const keyValue = Object.fromEntries(index.parts.map(({ path }, i) => [path, tuple[i] ?? null]));
  const shownKey = index.parts.map(({ path }, i) => `${path}: ${showValue(tuple[i])}`).join(', ');
  return new MongoError(
    11000,
    `E11000 duplicate key error collection: ${ns} index: ${index.name} dup key: { ${shownKey} }`,
    { details: { keyPattern: index.spec.key, keyValue } },
  );
}

/** A message must stay readable, and far below the size of a reply, whatever the key. */
const longestShown = 1000;

function showValue(value: Value): string {
  const isComposite = typeof value === 'string' || isDocument(value) || Array.isArray(value);
  return (isComposite ? JSON.stringify(value) : String(value ?? null)).slice(0, longestShown);
}

import { badValue, MongoError } from '../errors.ts';
import { toWholeNumber } from '../values/numbers.ts';
import type { Document, Value } from '../values/value.ts';
import { isDocument, isNumber, setField } from '../values/value.ts';
import { compileCondition } from './filter.ts';
import { isTruthy } from './operators.ts';
import { elementMatch, type Predicate } from './predicate.ts';

/** Shapes one found document. */
export type Projection = (document: Document) => Document;

type Change = (value: Value) => Value;

interface Tree {
  readonly children: Map<string, Tree>;
  /** Set on a leaf that `$slice` or `$elemMatch` reshapes. */
  change?: Change;
}

/** Reads the projection of `find` and `findAndModify`: fields in or out, `$slice`, `$elemMatch`. */
export function compileProjection(spec: Value): Projection | undefined {
  if (spec === undefined || spec === null) return undefined;
  if (!isDocument(spec)) throw badValue('projection must be a document');
  const keys = Object.keys(spec);
  if (keys.length === 0) return undefined;
  const tree: Tree = { children: new Map() };
  const changes: Tree = { children: new Map() };
  let including: boolean | undefined;
  let withId: boolean | undefined;
  let elemMatch = false;
  for (const path of keys) {
    const value = spec[path];
    if (path === '' || path.startsWith('$') || path.includes('.$') || path.endsWith('.'))
      throw badValue(`unsupported projection path '${path}'`);
    if (isDocument(value)) {
      const { change, includes } = compileChange(path, value);
      insert(changes, path, change);
      if (includes) {
        elemMatch = true;
        insert(tree, path, change);
      }
      continue;
    }
    if (!isNumber(value) && typeof value !== 'boolean')
      throw badValue(`unsupported projection of '${path}': use 1, 0, $slice or $elemMatch`);
    if (path === '_id') {
      withId = isTruthy(value);
      continue;
    }
    if (including !== undefined && including !== isTruthy(value))
      throw new MongoError(
        31254,
        `Cannot do ${including ? 'exclusion' : 'inclusion'} on field ${path} in ${including ? 'inclusion' : 'exclusion'} projection`,
      );
    including = isTruthy(value);
    insert(tree, path, undefined);
  }
  const inclusive = including ?? (elemMatch || withId === true);
  if (inclusive) {
    merge(tree, changes);
    if (withId !== false && !tree.children.has('_id')) insert(tree, '_id', undefined);
    return (document) => include(document, tree) as Document;
  }
  if (withId === false) insert(tree, '_id', undefined);
  return (document) => exclude(reshape(document, changes), tree) as Document;
}

function compileChange(path: string, value: Document): { change: Change; includes: boolean } {
  const [operator, ...more] = Object.keys(value);
  if (more.length > 0) throw badValue(`projection of '${path}' must have one operator`);
  if (operator === '$slice') return { change: slice(value.$slice), includes: false };
  if (operator === '$elemMatch') {
    if (path.includes('.'))
      throw new MongoError(31275, 'Cannot use $elemMatch projection on a nested field.');
    return { change: firstMatching(value.$elemMatch), includes: true };
  }
  throw badValue(`unsupported projection operator ${operator ?? '{}'} on '${path}'`);
}

function slice(spec: Value): Change {
  const [first, second] = Array.isArray(spec) ? spec : [undefined, spec];
  if (Array.isArray(spec) && spec.length !== 2) throw badValue('$slice takes a number or [skip, limit]');
  const limit = toWholeNumber(second, '$slice');
  if (first === undefined)
    return (value) =>
      Array.isArray(value) ? (limit < 0 ? value.slice(limit) : value.slice(0, limit)) : value;
  const skip = toWholeNumber(first, '$slice');
  if (limit <= 0) throw new MongoError(28729, '$slice limit must be positive');
  return (value) => {
    if (!Array.isArray(value)) return value;
    const from = skip < 0 ? Math.max(0, value.length + skip) : skip;
    return value.slice(from, from + limit);
  };
}

function firstMatching(operand: Value): Change {
  const [predicate] = compileCondition({ $elemMatch: operand }) as [Predicate];
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const item = value.find((element) => elementMatch(predicate, [element]));
    return item === undefined ? undefined : [item];
  };
}

function insert(tree: Tree, path: string, change: Change | undefined): void {
  let node = tree;
  const parts = path.split('.');
  for (const [i, part] of parts.entries()) {
    let child = node.children.get(part);
    const collides = child !== undefined && (i === parts.length - 1 || child.children.size === 0);
    if (collides) throw new MongoError(31250, `Path collision at ${path}`);
    if (!child) {
      child = { children: new Map() };
      node.children.set(part, child);
    }
    node = child;
  }
  if (change) node.change = change;
}

/** In an inclusion, a `$slice` on a field that is not listed includes it. */
function merge(tree: Tree, changes: Tree): void {
  for (const [key, child] of changes.children) {
    const existing = tree.children.get(key);
    if (!existing) tree.children.set(key, child);
    else if (existing !== child && existing.children.size > 0) merge(existing, child);
    else if (child.change) existing.change = child.change;
  }
}

function include(value: Value, tree: Tree): Value {
  if (tree.children.size === 0) return tree.change ? tree.change(value) : value;
  if (Array.isArray(value))
    return value.filter((item) => isDocument(item) || Array.isArray(item)).map((item) => include(item, tree));
  if (!isDocument(value)) return undefined;
  const out: Document = {};
  for (const key of Object.keys(value)) {
    const child = tree.children.get(key);
    const kept = child && include(value[key], child);
    if (kept !== undefined) setField(out, key, kept);
  }
  return out;
}

function exclude(value: Value, tree: Tree): Value {
  if (Array.isArray(value)) return value.map((item) => exclude(item, tree));
  if (!isDocument(value)) return value;
  const out: Document = {};
  for (const key of Object.keys(value)) {
    const child = tree.children.get(key);
    if (!child) setField(out, key, value[key]);
    else if (child.children.size > 0) setField(out, key, exclude(value[key], child));
  }
  return out;
}

function reshape(value: Value, changes: Tree): Value {
  if (changes.change) return changes.change(value);
  if (Array.isArray(value)) return value.map((item) => reshape(item, changes));
  if (!isDocument(value)) return value;
  const out: Document = {};
  for (const key of Object.keys(value)) {
    const child = changes.children.get(key);
    setField(out, key, child ? reshape(value[key], child) : value[key]);
  }
  return out;
}

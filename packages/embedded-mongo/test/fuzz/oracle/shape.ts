import { isElement } from './match.ts';
import { compare, type Doc, exact, isDoc, isNumber, type Value } from './values.ts';

/** Documents in the order of a sort; those that are equal stay as they are. */
export function sorted<T extends Doc>(documents: T[], sort: Doc): T[] {
  const keys = Object.entries(sort).map(([path, direction]) => ({
    path: path.split('.'),
    direction: Number(exact(direction)),
  }));
  return [...documents].sort((a, b) => {
    for (const { path, direction } of keys) {
      const difference = order(sortValue(a, path, direction), sortValue(b, path, direction)) * direction;
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

/** Of several values the least counts when ascending, the greatest when descending; an empty array is below null. */
function sortValue(document: Doc, path: string[], direction: number): Value {
  const values = leaves(document, path);
  return [...values].sort((a, b) => order(a, b) * direction)[0];
}

const NOTHING = Symbol('an empty array');

function order(a: Value, b: Value): number {
  if (a === NOTHING || b === NOTHING) return a === b ? 0 : a === NOTHING ? -1 : 1;
  return compare(a, b);
}

function leaves(value: Value, path: string[]): Value[] {
  const [first, ...rest] = path;
  if (first === undefined)
    return !Array.isArray(value) ? [value ?? null] : value.length > 0 ? value : [NOTHING];
  if (Array.isArray(value) && value.length === 0) return [null];
  if (Array.isArray(value)) return value.flatMap((item) => (isDoc(item) ? leaves(item, path) : [null]));
  return isDoc(value) ? leaves(value[first], rest) : [null];
}

interface Tree {
  [field: string]: Tree | true | Doc;
}

const isLeafOperator = (node: Tree | true | Doc): node is Doc =>
  node !== true && ('$slice' in node || '$elemMatch' in node);

/** A found document in the shape of a projection. */
export function projected(document: Doc, projection: Doc): Doc {
  const { _id: id = 1, ...fields } = projection;
  const keepsId = id !== 0 && !(isNumber(id) && exact(id) === 0n) && id !== false;
  const flags = Object.values(fields).filter((value) => !isDoc(value));
  const isInclusion = flags.some(isOn) || (flags.length === 0 && Object.values(fields).some(isElemMatch));
  const onlyId = Object.keys(fields).length === 0;
  const tree: Tree = {};
  for (const [path, value] of Object.entries(fields))
    plant(tree, path.split('.'), isDoc(value) ? value : true);
  if (isInclusion || (onlyId && keepsId)) {
    if (keepsId) tree._id = true;
    return included(document, tree) as Doc;
  }
  if (!keepsId) tree._id = true;
  return excluded(document, tree) as Doc;
}

const isOn = (value: Value) => value === true || value === 1 || (isNumber(value) && exact(value) !== 0n);
const isElemMatch = (value: Value) => isDoc(value) && '$elemMatch' in value;

function plant(tree: Tree, [first, ...rest]: string[], leaf: true | Doc): void {
  if (first === undefined) return;
  if (rest.length === 0) tree[first] = leaf;
  else {
    tree[first] ??= {};
    plant(tree[first] as Tree, rest, leaf);
  }
}

function included(value: Value, tree: Tree): Value {
  if (Array.isArray(value))
    return value.filter((item) => isDoc(item) || Array.isArray(item)).map((item) => included(item, tree));
  if (!isDoc(value)) return undefined;
  const made: Doc = {};
  for (const [name, field] of Object.entries(value)) {
    const node = tree[name];
    if (node === undefined) continue;
    const kept =
      node === true ? field : isLeafOperator(node) ? reshaped(field, node) : included(field, node as Tree);
    if (kept !== undefined) made[name] = kept;
  }
  return made;
}

function excluded(value: Value, tree: Tree): Value {
  if (Array.isArray(value)) return value.map((item) => excluded(item, tree));
  if (!isDoc(value)) return value;
  const made: Doc = {};
  for (const [name, field] of Object.entries(value)) {
    const node = tree[name];
    if (node === true) continue;
    if (node === undefined) made[name] = field;
    else made[name] = isLeafOperator(node) ? reshaped(field, node) : excluded(field, node as Tree);
  }
  return made;
}

function reshaped(value: Value, { $slice, $elemMatch }: Doc): Value {
  if ($elemMatch !== undefined) {
    const found = Array.isArray(value) ? value.filter((one) => isElement(one, $elemMatch as Doc)) : [];
    return found.length === 0 ? undefined : [found[0]];
  }
  if (!Array.isArray(value)) return value;
  if (!Array.isArray($slice)) {
    const most = Number(exact($slice));
    return most < 0 ? value.slice(most) : value.slice(0, most);
  }
  const [skip, limit] = $slice.map((one) => Number(exact(one))) as [number, number];
  const from = skip < 0 ? Math.max(0, value.length + skip) : skip;
  return value.slice(from, from + limit);
}

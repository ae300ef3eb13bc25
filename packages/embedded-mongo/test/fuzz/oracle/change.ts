import { mongo } from 'mongoose';
import { condition, isElement, isOperators, matches } from './match.ts';
import { sorted } from './shape.ts';
import {
  calculate,
  clone,
  compare,
  type Doc,
  equal,
  exact,
  isDoc,
  isNumber,
  Refusal,
  type Value,
} from './values.ts';

/** What an update needs to know besides the document. */
export interface Circumstances {
  filter: Doc;
  isInsert: boolean;
  arrayFilters: Doc[];
}

interface Step {
  operator: string;
  path: string[];
  operand: Value;
}

/** The document after an update, as MongoDB's manual describes update operators. @throws Refusal */
export function changed(document: Doc, update: Doc, how: Circumstances): Doc {
  if (!Object.keys(update)[0]?.startsWith('$'))
    return { _id: document._id, ...without(clone(update), '_id') };
  const copy = clone(document);
  const steps: Step[] = Object.entries(update).flatMap(([operator, fields]) =>
    Object.entries(fields as Doc).flatMap(([path, operand]) =>
      concrete(copy, path.split('.'), how).map((place) => ({ operator, path: place, operand })),
    ),
  );
  refuseConflicts(steps);
  for (const step of steps.sort(byPath)) {
    if (step.operator === '$setOnInsert' && !how.isInsert) continue;
    apply(copy, step);
  }
  if (!equal(copy._id, document._id)) throw new Refusal('_id is immutable');
  return copy;
}

function without(document: Doc, field: string): Doc {
  const { [field]: _gone, ...rest } = document;
  return rest;
}

/** Replaces `$`, `$[]` and `$[name]` by positions. */
function concrete(document: Doc, path: string[], how: Circumstances): string[][] {
  const at = path.findIndex((part) => part.startsWith('$'));
  if (at < 0) return [path];
  const before = path.slice(0, at);
  const array = read(document, before);
  const part = path[at] as string;
  if (!Array.isArray(array)) throw new Refusal('no array there');
  const positions = [...array.keys()].filter((index) => {
    if (part === '$') return index === matchedPosition(array, before.join('.'), how.filter);
    if (part === '$[]') return true;
    const name = part.slice(2, -1);
    return how.arrayFilters.some((one) => matches({ [name]: array[index] }, one));
  });
  return positions.flatMap((index) =>
    concrete(document, [...before, String(index), ...path.slice(at + 1)], how),
  );
}

/** The first item that the one condition of the filter on this array is met by. */
function matchedPosition(array: Value[], path: string, filter: Doc): number {
  const [key, operand] =
    Object.entries(filter).find(([one]) => one === path || one.startsWith(`${path}.`)) ?? [];
  if (key === undefined) throw new Refusal('the filter says nothing of the array');
  return array.findIndex((item) =>
    key === path
      ? isOperators(operand) && '$elemMatch' in operand
        ? isElement(item, operand.$elemMatch as Doc)
        : condition([item], operand)
      : isDoc(item) && matches(item, { [key.slice(path.length + 1)]: operand }),
  );
}

/** What is wrong with an update whatever it finds: two changes of one place. @throws Refusal */
export function checkUpdate(update: Doc): void {
  if (!Object.keys(update)[0]?.startsWith('$')) return;
  const steps = Object.entries(update).flatMap(([operator, fields]) =>
    Object.entries(fields as Doc).map(([path, operand]) => ({ operator, path: path.split('.'), operand })),
  );
  refuseConflicts(steps);
}

function refuseConflicts(steps: Step[]): void {
  const paths = steps.flatMap(({ operator, path, operand }) =>
    operator === '$rename' ? [path.join('.'), String(operand)] : [path.join('.')],
  );
  for (const [i, a] of paths.entries())
    for (const [j, b] of paths.entries())
      if (i !== j && (a === b || b.startsWith(`${a}.`))) throw new Refusal('two changes of one place');
}

/** Fields by their names, positions by their numbers. */
function byPath(a: Step, b: Step): number {
  for (const [i, x] of a.path.entries()) {
    const y = b.path[i];
    if (y === undefined) return 1;
    if (x === y) continue;
    const areNumbers = /^\d+$/.test(x) && /^\d+$/.test(y);
    return areNumbers ? Number(x) - Number(y) : x < y ? -1 : 1;
  }
  return -1;
}

function read(value: Value, path: string[]): Value {
  return path.reduce<Value>((at, part) => {
    if (Array.isArray(at)) return /^\d+$/.test(part) ? at[Number(part)] : undefined;
    return isDoc(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  }, value);
}

function write(root: Value, path: string[], value: Value): void {
  const [part, ...rest] = path as [string, ...string[]];
  if (Array.isArray(root)) {
    if (!/^\d+$/.test(part)) throw new Refusal('an array has no such field');
    while (root.length < Number(part)) root.push(null);
  } else if (!isDoc(root)) throw new Refusal('no document there');
  const holder = root as Doc;
  if (rest.length === 0) holder[part] = value;
  else {
    if (!Object.hasOwn(holder, part)) holder[part] = {};
    write(holder[part], rest, value);
  }
}

function remove(root: Doc, path: string[]): void {
  const holder = read(root, path.slice(0, -1));
  const last = path.at(-1) as string;
  if (Array.isArray(holder)) {
    if (/^\d+$/.test(last) && Number(last) < holder.length) holder[Number(last)] = null;
  } else if (isDoc(holder)) delete holder[last];
}

function apply(root: Doc, { operator, path, operand }: Step): void {
  if (operator === '$unset') remove(root, path);
  else if (operator === '$rename') rename(root, path, String(operand).split('.'));
  else {
    const value = newValue(operator, operand, read(root, path));
    if (value !== undefined) write(root, path, clone(value));
  }
}

/** What a field becomes; `undefined` when nothing is written. */
function newValue(operator: string, operand: Value, current: Value): Value {
  const list = (): Value[] => {
    if (current !== undefined && !Array.isArray(current)) throw new Refusal('not an array');
    return [...((current as Value[] | undefined) ?? [])];
  };
  const kept = (passes: (item: Value) => boolean) =>
    current === undefined ? undefined : list().filter(passes);
  switch (operator) {
    case '$set':
    case '$setOnInsert':
      return operand;
    case '$inc':
      return current === undefined ? operand : calculate('add', numeric(current), operand);
    case '$mul':
      return calculate('multiply', current === undefined ? new mongo.Int32(0) : numeric(current), operand);
    case '$min':
      return current === undefined || compare(operand, current) < 0 ? operand : undefined;
    case '$max':
      return current === undefined || compare(operand, current) > 0 ? operand : undefined;
    case '$push':
      return pushed(list(), operand);
    case '$addToSet': {
      const items = list();
      const added = isDoc(operand) && '$each' in operand ? (operand.$each as Value[]) : [operand];
      for (const one of added) if (!items.some((item) => equal(item, one))) items.push(one);
      return items;
    }
    case '$pull':
      return kept((item) => !isPulled(item, operand));
    case '$pullAll':
      return kept((item) => !(operand as Value[]).some((one) => equal(item, one)));
    case '$pop':
      if (current === undefined) return undefined;
      return exact(operand) === 1n ? list().slice(0, -1) : list().slice(1);
    default:
      throw new Refusal(`unknown operator ${operator}`);
  }
}

function numeric(value: Value): Value {
  if (!isNumber(value)) throw new Refusal('not a number');
  return value;
}

function rename(root: Doc, from: string[], to: string[]): void {
  for (const path of [from, to])
    for (let length = 1; length < path.length; length++)
      if (Array.isArray(read(root, path.slice(0, length)))) throw new Refusal('through an array');
  const value = read(root, from);
  if (value === undefined) return;
  remove(root, from);
  write(root, to, value);
}

function pushed(items: Value[], operand: Value): Value[] {
  if (!isDoc(operand) || !('$each' in operand)) return [...items, operand];
  const { $each, $position, $sort, $slice } = operand;
  const at = $position === undefined ? items.length : Number(exact($position));
  let result = [...items];
  result.splice(at, 0, ...($each as Value[]));
  if (isNumber($sort)) result = result.sort((a, b) => compare(a, b) * Number(exact($sort)));
  else if ($sort !== undefined)
    result = sorted(
      result.map((item) => ({ item, ...(isDoc(item) ? item : {}) })),
      $sort as Doc,
    ).map(({ item }) => item);
  if ($slice === undefined) return result;
  const most = Number(exact($slice));
  return most < 0 ? result.slice(most) : result.slice(0, most);
}

function isPulled(item: Value, operand: Value): boolean {
  if (isOperators(operand)) return condition([item], operand);
  if (isDoc(operand)) return isDoc(item) && matches(item, operand);
  return equal(item, operand);
}

/** The document that an upsert makes: what the filter asks for by equality, then the update. */
export function upserted(filter: Doc, update: Doc): Doc {
  const start: Doc = {};
  for (const [path, operand] of Object.entries(filter))
    if (!isOperators(operand)) write(start, path.split('.'), operand);
  return changed(start, update, { filter, isInsert: true, arrayFilters: [] });
}

import { Int32, Timestamp } from 'bson';
import { badValue, failedToParse, typeMismatch } from '../errors.ts';
import {
  compileCondition,
  compileFilter,
  isOperatorDocument,
  matchesElement,
  matchNode,
  opensFilter,
} from '../query/filter.ts';
import { parseSort, sortBy } from '../query/sort.ts';
import { compareValues, sameValue } from '../values/compare.ts';
import { arithmetic, toWholeNumber } from '../values/numbers.ts';
import { typeOf } from '../values/types.ts';
import type { Document, NumberValue, Value } from '../values/value.ts';
import { bsonTag, cloneValue, isDocument, isNumber } from '../values/value.ts';

/** Gives the new value of a field; `undefined` in means missing, `undefined` out means leave the document as it is. */
export type FieldChange = (current: Value, now: Date) => Value;

/** Reads one operator applied to one path, checking its operand. */
export const fieldOperators: Record<string, (operand: Value, path: string) => FieldChange> = {
  $set: (operand) => () => cloneValue(operand),
  $setOnInsert: (operand) => () => cloneValue(operand),
  $inc: (operand, path) => numeric('$inc', operand, path, (current, by) => arithmetic('add', current, by)),
  $mul: (operand, path) =>
    numeric('$mul', operand, path, (current, by) => arithmetic('multiply', current, by)),
  $min: (operand) => (current) =>
    current === undefined || compareValues(operand, current) < 0 ? cloneValue(operand) : undefined,
  $max: (operand) => (current) =>
    current === undefined || compareValues(operand, current) > 0 ? cloneValue(operand) : undefined,
  $currentDate: (operand, path) => currentDate(operand, path),
  $push: (operand, path) => push(operand, path),
  $addToSet: (operand, path) => addToSet(operand, path),
  $pull: (operand, path) => pull(operand, path),
  $pullAll: (operand, path) => pullAll(operand, path),
  $pop: (operand, path) => pop(operand, path),
};

function numeric(
  operator: string,
  operand: Value,
  path: string,
  combine: (current: NumberValue, by: NumberValue) => NumberValue,
): FieldChange {
  if (!isNumber(operand)) throw typeMismatch(`Cannot ${operator} with non-numeric argument: {${path}}`);
  return (current) => {
    if (current === undefined) return operator === '$inc' ? operand : combine(new Int32(0), operand);
    if (!isNumber(current))
      throw typeMismatch(`Cannot apply ${operator} to a value of non-numeric type at '${path}'`);
    return combine(current, operand);
  };
}

function currentDate(operand: Value, path: string): FieldChange {
  const type = isDocument(operand) && Object.keys(operand).join() === '$type' ? operand.$type : operand;
  if (type === true || type === 'date') return (_current, now) => now;
  if (type === 'timestamp')
    return (_current, now) => new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
  throw badValue(`$currentDate of '${path}' takes true or {$type: 'date' | 'timestamp'}`);
}

function arrayOf(operator: string, current: Value, path: string): Value[] | undefined {
  if (current === undefined || Array.isArray(current)) return current;
  throw badValue(
    `The field '${path}' must be an array but is of type ${typeOf(current).alias}, so ${operator} cannot apply`,
  );
}

const pushModifiers = new Set(['$each', '$slice', '$position', '$sort']);

function push(operand: Value, path: string): FieldChange {
  const modifiers = isDocument(operand) && '$each' in operand ? operand : undefined;
  const items = modifiers ? eachOf('$push', modifiers) : [operand];
  for (const key of Object.keys(modifiers ?? {}))
    if (!pushModifiers.has(key)) throw badValue(`Unrecognized clause in $push: ${key}`);
  const position =
    modifiers?.$position === undefined ? undefined : toWholeNumber(modifiers.$position, '$position');
  const slice = modifiers?.$slice === undefined ? undefined : toWholeNumber(modifiers.$slice, '$slice');
  const sort = modifiers?.$sort === undefined ? undefined : itemSort(modifiers.$sort);
  return (current) => {
    let result = [...(arrayOf('$push', current, path) ?? [])];
    result.splice(position ?? result.length, 0, ...cloneValue(items));
    if (sort) result = sort(result);
    if (slice !== undefined) result = slice < 0 ? result.slice(slice) : result.slice(0, slice);
    return result;
  };
}

function eachOf(operator: string, modifiers: Document): Value[] {
  if (Array.isArray(modifiers.$each)) return modifiers.$each;
  throw badValue(`The argument to $each in ${operator} must be an array`);
}

function itemSort(spec: Value): (items: Value[]) => Value[] {
  if (isNumber(spec)) {
    const [part] = parseSort({ value: spec });
    return (items) => [...items].sort((a, b) => compareValues(a, b) * (part?.direction ?? 1));
  }
  const parts = parseSort(spec);
  if (parts.length === 0) throw badValue('The $sort pattern is empty');
  return (items) => sortBy(items, (item) => (isDocument(item) ? item : {}), parts);
}

function addToSet(operand: Value, path: string): FieldChange {
  const isEach = isDocument(operand) && '$each' in operand;
  if (isEach && Object.keys(operand).length > 1) throw badValue('$addToSet takes $each alone');
  const items = isEach ? eachOf('$addToSet', operand) : [operand];
  return (current) => {
    const result = [...(arrayOf('$addToSet', current, path) ?? [])];
    for (const item of items)
      if (!result.some((existing) => sameValue(existing, item))) result.push(cloneValue(item));
    return current !== undefined && result.length === (current as Value[]).length ? undefined : result;
  };
}

function pull(operand: Value, path: string): FieldChange {
  const matches = pullCondition(operand);
  return (current) => arrayOf('$pull', current, path)?.filter((item) => !matches(item));
}

/** A document of operators tests each item; any other document is a filter on items that are documents. */
function pullCondition(operand: Value): (item: Value) => boolean {
  if ((isOperatorDocument(operand) && !opensFilter(operand)) || bsonTag(operand) === 'BSONRegExp') {
    const predicates = compileCondition(operand);
    return (item) => matchesElement(predicates, item);
  }
  if (isDocument(operand)) {
    const filter = compileFilter(operand);
    return (item) => isDocument(item) && matchNode(filter, item) !== undefined;
  }
  return (item) => sameValue(item, operand);
}

function pullAll(operand: Value, path: string): FieldChange {
  if (!Array.isArray(operand)) throw badValue('$pullAll requires an array argument');
  return (current) =>
    arrayOf('$pullAll', current, path)?.filter((item) => !operand.some((gone) => sameValue(item, gone)));
}

function pop(operand: Value, path: string): FieldChange {
  const end = isNumber(operand) ? toWholeNumber(operand, '$pop') : 0;
  if (end !== 1 && end !== -1) throw failedToParse('$pop expects 1 or -1');
  return (current) => {
    if (current !== undefined && !Array.isArray(current))
      throw typeMismatch(`Path '${path}' contains an element of non-array type`);
    return end === 1 ? current?.slice(0, -1) : current?.slice(1);
  };
}

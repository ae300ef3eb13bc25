import { Double } from 'bson';
import { MongoError, typeMismatch } from '../errors.ts';
import { isTruthy } from '../query/operators.ts';
import { compareValues, sameValue } from '../values/compare.ts';
import { arithmetic, integerValue, numberValue, toDouble, toWholeNumber } from '../values/numbers.ts';
import { typeOf } from '../values/types.ts';
import type { Document, NumberValue, Value } from '../values/value.ts';
import { bsonTag, isDocument, isNumber } from '../values/value.ts';

type Lazy = () => Value;

/** An operator of expressions; its arguments are computed only when it asks for them. */
export interface ExpressionOperator {
  readonly min: number;
  readonly max: number;
  /** Argument names, for operators that can be given a document. */
  readonly args?: readonly string[];
  compute(args: readonly Lazy[]): Value;
}

const isMissing = (value: Value): value is null | undefined => value === null || value === undefined;

const fixed = (count: number, compute: (values: Value[]) => Value): ExpressionOperator => ({
  min: count,
  max: count,
  compute: (args) => compute(args.map((arg) => arg())),
});

const variadic = (compute: (values: Value[]) => Value): ExpressionOperator => ({
  min: 0,
  max: Number.POSITIVE_INFINITY,
  compute: (args) => compute(args.map((arg) => arg())),
});

const comparison = (accepts: (order: number) => boolean): ExpressionOperator =>
  fixed(2, ([a, b]) => accepts(compareValues(a, b)));

function numberOrThrow(operator: string, value: Value): NumberValue {
  if (isNumber(value)) return value;
  throw typeMismatch(`${operator} only supports numeric types, not ${typeOf(value).alias}`);
}

/** Takes one value after the other; the first that is missing makes the result null, and what follows is not computed. */
const folded = <Result extends Value>(
  start: Result,
  take: (sum: Result, value: Value) => Result,
): ExpressionOperator => ({
  min: 0,
  max: Number.POSITIVE_INFINITY,
  compute: (args) => {
    let sum = start;
    for (const arg of args) {
      const value = arg();
      if (isMissing(value)) return null;
      sum = take(sum, value);
    }
    return sum;
  },
});

const calculated = (operator: 'add' | 'multiply', start: number): ExpressionOperator =>
  folded<NumberValue>(numberValue(start), (sum, value) =>
    arithmetic(operator, sum, numberOrThrow(`$${operator}`, value)),
  );

function divide([a, b]: Value[]): Value {
  if (isMissing(a) || isMissing(b)) return null;
  const divisor = toDouble(numberOrThrow('$divide', b));
  if (divisor === 0) throw new MongoError(2, "can't $divide by zero");
  return new Double(toDouble(numberOrThrow('$divide', a)) / divisor);
}

function subtract([a, b]: Value[]): Value {
  if (isMissing(a) || isMissing(b)) return null;
  if (a instanceof Date) {
    if (b instanceof Date) return integerValue(BigInt(a.getTime() - b.getTime()), 'Long');
    return new Date(a.getTime() - toDouble(numberOrThrow('$subtract', b)));
  }
  return arithmetic(
    'add',
    numberOrThrow('$subtract', a),
    arithmetic('multiply', numberValue(-1), numberOrThrow('$subtract', b)),
  );
}

function textOrThrow(operator: string, value: Value): string {
  if (typeof value === 'string') return value;
  throw new MongoError(16702, `${operator} only supports strings, not ${typeOf(value).alias}`);
}

/** @param code that of MongoDB, which has one for each operator */
function arrayOrThrow(operator: string, code: number, value: Value): Value[] {
  if (Array.isArray(value)) return value;
  throw new MongoError(code, `${operator} needs an array, not ${typeOf(value).alias}`);
}

function elementAt([array, index]: Value[]): Value {
  if (isMissing(array) || isMissing(index)) return null;
  return arrayOrThrow('$arrayElemAt', 28689, array).at(toWholeNumber(index, '$arrayElemAt'));
}

function toText([value]: Value[]): Value {
  if (isMissing(value)) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (isNumber(value) || bsonTag(value) === 'ObjectId') return String(value);
  throw new MongoError(241, `Unsupported conversion from ${typeOf(value).alias} to string in $toString`);
}

function mergeObjects(values: Value[]): Value {
  const made: Document = {};
  for (const value of values) {
    if (isMissing(value)) continue;
    if (!isDocument(value))
      throw new MongoError(40400, `$mergeObjects requires object inputs, not ${typeOf(value).alias}`);
    Object.assign(made, value);
  }
  return made;
}

const datePart = (read: (date: Date) => number): ExpressionOperator =>
  fixed(1, ([value]) => {
    if (isMissing(value)) return null;
    if (!(value instanceof Date))
      throw new MongoError(16006, `can't convert from BSON type ${typeOf(value).alias} to Date`);
    return numberValue(read(value));
  });

/** Every expression operator this server has; times are UTC. */
export const operators: Readonly<Record<string, ExpressionOperator>> = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: fixed(2, ([a, b]) => numberValue(compareValues(a, b))),
  $and: { min: 0, max: Number.POSITIVE_INFINITY, compute: (args) => args.every((arg) => isTruthy(arg())) },
  $or: { min: 0, max: Number.POSITIVE_INFINITY, compute: (args) => args.some((arg) => isTruthy(arg())) },
  $not: fixed(1, ([value]) => !isTruthy(value)),
  $cond: {
    min: 3,
    max: 3,
    args: ['if', 'then', 'else'],
    compute: ([condition, then, otherwise]) => (isTruthy(condition?.()) ? then?.() : otherwise?.()),
  },
  $ifNull: {
    min: 2,
    max: Number.POSITIVE_INFINITY,
    compute: (args) => {
      for (const arg of args.slice(0, -1)) {
        const value = arg();
        if (!isMissing(value)) return value;
      }
      return args.at(-1)?.();
    },
  },
  $add: calculated('add', 0),
  $multiply: calculated('multiply', 1),
  $subtract: fixed(2, subtract),
  $divide: fixed(2, divide),
  $concat: folded<string>('', (sum, value) => sum + textOrThrow('$concat', value)),
  $toString: fixed(1, toText),
  $size: fixed(1, ([value]) => numberValue(arrayOrThrow('$size', 17124, value).length)),
  $in: fixed(2, ([item, array]) =>
    arrayOrThrow('$in', 40081, array).some((element) => sameValue(element, item)),
  ),
  $isArray: fixed(1, ([value]) => Array.isArray(value)),
  $arrayElemAt: fixed(2, elementAt),
  $type: fixed(1, ([value]) => (value === undefined ? 'missing' : typeOf(value).alias)),
  $mergeObjects: variadic(mergeObjects),
  $year: datePart((date) => date.getUTCFullYear()),
  $month: datePart((date) => date.getUTCMonth() + 1),
  $dayOfMonth: datePart((date) => date.getUTCDate()),
  $hour: datePart((date) => date.getUTCHours()),
};

import { Decimal128, Double } from 'bson';
import { MongoError } from '../errors.ts';
import { compareValues, sameValue } from '../values/compare.ts';
import { encodeKey } from '../values/keyEncoding.ts';
import { arithmetic, numberValue, toDouble } from '../values/numbers.ts';
import type { Document, NumberValue, Value } from '../values/value.ts';
import { bsonTag, isDocument, isNumber } from '../values/value.ts';
import { compileExpression } from './expression.ts';

/** Gathers one value over the documents of a group. */
export interface Accumulator {
  add(document: Document): void;
  result(): Value;
}

type Fold = () => { add(value: Value): void; result(): Value };

const sum: Fold = () => {
  let total: NumberValue = numberValue(0);
  return {
    add(value) {
      if (isNumber(value)) total = arithmetic('add', total, value);
    },
    result: () => total,
  };
};

const average: Fold = () => {
  let count = 0;
  let total: NumberValue = new Double(0);
  return {
    add(value) {
      if (!isNumber(value)) return;
      count++;
      total = arithmetic('add', total, value);
    },
    result: () => (count === 0 ? null : mean(total, count)),
  };
};

function mean(total: NumberValue, count: number): Value {
  const quotient = toDouble(total) / count;
  return bsonTag(total) === 'Decimal128' ? Decimal128.fromString(String(quotient)) : new Double(quotient);
}

const extreme =
  (direction: 1 | -1): Fold =>
  () => {
    let best: Value;
    return {
      add(value) {
        if (value === undefined || value === null) return;
        if (best === undefined || compareValues(value, best) * direction > 0) best = value;
      },
      result: () => best ?? null,
    };
  };

const first: Fold = () => {
  let seen = false;
  let kept: Value = null;
  return {
    add(value) {
      if (!seen) kept = value ?? null;
      seen = true;
    },
    result: () => kept,
  };
};

const last: Fold = () => {
  let kept: Value = null;
  return {
    add(value) {
      kept = value ?? null;
    },
    result: () => kept,
  };
};

const push: Fold = () => {
  const items: Value[] = [];
  return {
    add(value) {
      if (value !== undefined) items.push(value);
    },
    result: () => items,
  };
};

const addToSet: Fold = () => {
  const items = new Map<string, Value>();
  return {
    add(value) {
      if (value !== undefined) items.set(encodeKey(value).toString('latin1'), value);
    },
    result: () => [...items.values()],
  };
};

const folds: Record<string, Fold> = {
  $sum: sum,
  $avg: average,
  $min: extreme(-1),
  $max: extreme(1),
  $first: first,
  $last: last,
  $push: push,
  $addToSet: addToSet,
};

/** Every accumulator this server has. */
export const accumulators: readonly string[] = [...Object.keys(folds), '$count'];

/** Reads `{$sum: '$n'}` and the like; gives a maker of accumulators, one for each group. */
export function compileAccumulator(field: string, spec: Value): () => Accumulator {
  const [operator, ...more] = isDocument(spec) ? Object.keys(spec) : [];
  if (!isDocument(spec) || operator === undefined || more.length > 0)
    throw new MongoError(40234, `The field '${field}' must be an accumulator object`);
  if (operator === '$count') return compileCount(spec.$count);
  const fold = Object.hasOwn(folds, operator) ? folds[operator] : undefined;
  if (!fold) throw new MongoError(15952, `unknown group operator '${operator}'`);
  const value = compileExpression(spec[operator]);
  return () => {
    const state = fold();
    return { add: (document) => state.add(value(document)), result: () => state.result() };
  };
}

function compileCount(operand: Value): () => Accumulator {
  if (!sameValue(operand, {})) throw new MongoError(9, '$count takes no arguments, i.e. $count:{}');
  return () => {
    let count = 0;
    return {
      add() {
        count++;
      },
      result: () => numberValue(count),
    };
  };
}

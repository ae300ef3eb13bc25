import { BSONRegExp } from 'bson';
import { badValue } from '../errors.ts';
import { compareValues, sameValue } from '../values/compare.ts';
import { exactNative, toDouble, toWholeNumber } from '../values/numbers.ts';
import { typeNumbersOf, typeOf } from '../values/types.ts';
import type { Document, NumberValue, Value } from '../values/value.ts';
import { bsonTag, isDocument, isNumber } from '../values/value.ts';
import { anyValue, elementMatch, negated, type Predicate, wholeValue } from './predicate.ts';
import { compileRegex, matchesRegex } from './regex.ts';

/** What operators that contain conditions need of the filter compiler. */
export interface Compilers {
  condition(operand: Value): Predicate[];
  filter(filter: Document): (document: Value) => boolean;
  isOperatorDocument(value: Value): value is Document;
  opensFilter(value: Document): boolean;
}

type Compile = (operand: Value, siblings: Document, compilers: Compilers) => Predicate;

/** Reads one query operator; an unknown one is refused. */
export function compileOperator(
  operator: string,
  operand: Value,
  siblings: Document,
  compilers: Compilers,
): Predicate {
  const compile = Object.hasOwn(queryOperators, operator) ? queryOperators[operator] : undefined;
  if (!compile) throw badValue(`unknown operator: ${operator}`);
  return compile(operand, siblings, compilers);
}

/** A pattern given where a value could stand: matches texts, and an equal pattern. */
export function regexPredicate(pattern: BSONRegExp): Predicate {
  const compiled = compileRegex(pattern.pattern, pattern.options);
  return anyValue('$regex', pattern, (value) => matchesRegex(compiled, value) || sameValue(value, pattern));
}

/** Every operator on a path that this server has. */
export const queryOperators: Readonly<Record<string, Compile>> = {
  $eq: (operand) => equality(operand),
  $ne: (operand) => {
    if (bsonTag(operand) === 'BSONRegExp') throw badValue("Can't have regex as arg to $ne.");
    return negated('$ne', operand, [equality(operand)]);
  },
  $gt: (operand) => ordering('$gt', operand, (order) => order > 0),
  $gte: (operand) => ordering('$gte', operand, (order) => order >= 0),
  $lt: (operand) => ordering('$lt', operand, (order) => order < 0),
  $lte: (operand) => ordering('$lte', operand, (order) => order <= 0),
  $in: (operand) => membership('$in', operand),
  $nin: (operand) => negated('$nin', operand, [membership('$nin', operand)]),
  $exists: (operand) => {
    const exists = anyValue('$exists', operand, (value) => value !== undefined);
    return isTruthy(operand) ? exists : negated('$exists', operand, [exists]);
  },
  $type: (operand) => typePredicate(operand),
  $size: (operand) => {
    const size = wholeSize(operand);
    return wholeValue('$size', operand, (value) => Array.isArray(value) && value.length === size);
  },
  $mod: (operand) => modulo(operand),
  $all: (operand, _siblings, compilers) => all(operand, compilers),
  $elemMatch: (operand, _siblings, compilers) => elemMatch(operand, compilers),
  $not: (operand, _siblings, compilers) => {
    if (bsonTag(operand) !== 'BSONRegExp' && !compilers.isOperatorDocument(operand))
      throw badValue('$not needs a regex or a document of operators');
    return negated('$not', operand, compilers.condition(operand));
  },
  $regex: (operand, siblings) => regex(operand, siblings),
};

function equality(operand: Value): Predicate {
  if (operand === undefined) throw badValue('cannot compare to undefined');
  if (operand === null) return anyValue('$eq', null, (value) => value === undefined || value === null);
  if (typeof operand === 'string')
    return anyValue('$eq', operand, (v) => v === operand || sameText(v, operand));
  return anyValue('$eq', operand, (value) => sameValue(value, operand));
}

function sameText(value: Value, text: string): boolean {
  return bsonTag(value) === 'BSONSymbol' && sameValue(value, text);
}

/** Ranges compare within one type family only; NaN is within no range but equals itself. */
function ordering(operator: string, operand: Value, accepts: (order: number) => boolean): Predicate {
  if (bsonTag(operand) === 'BSONRegExp') throw badValue(`Can't have RegEx as arg to predicate over field`);
  if (operand === undefined) throw badValue('cannot compare to undefined');
  const { rank } = typeOf(operand);
  const anyType = bsonTag(operand) === 'MinKey' || bsonTag(operand) === 'MaxKey';
  const operandIsNaN = isNaNValue(operand);
  return anyValue(operator, operand, (value) => {
    const actual = value === undefined && operand === null ? null : value;
    if (actual === undefined || (!anyType && typeOf(actual).rank !== rank)) return false;
    if (operandIsNaN || isNaNValue(actual)) return operandIsNaN && isNaNValue(actual) && accepts(0);
    return accepts(compareValues(actual, operand));
  });
}

function isNaNValue(value: Value): boolean {
  return isNumber(value) && Number.isNaN(toDouble(value));
}

function membership(operator: string, operand: Value): Predicate {
  if (!Array.isArray(operand)) throw badValue(`${operator} needs an array`);
  const tests = operand.map((item) => {
    if (isDocument(item) && Object.keys(item)[0]?.startsWith('$'))
      throw badValue(`cannot nest $ under ${operator}`);
    return bsonTag(item) === 'BSONRegExp' ? regexPredicate(item as BSONRegExp) : equality(item ?? null);
  });
  return {
    operator,
    operand,
    test(found) {
      for (const predicate of tests) {
        const match = predicate.test(found);
        if (match !== undefined) return match;
      }
      return undefined;
    },
  };
}

/** What an option or flag operand means: everything but false, null and zero is true. */
export function isTruthy(value: Value): boolean {
  if (isNumber(value)) return toDouble(value) !== 0;
  return value !== false && value !== null && value !== undefined;
}

function typePredicate(operand: Value): Predicate {
  const wanted = (Array.isArray(operand) ? operand : [operand]).flatMap((item) => {
    const name = typeof item === 'string' ? item : toWholeNumber(item, '$type');
    const numbers = typeNumbersOf(name);
    if (!numbers) throw badValue(`Unknown type name alias or code: ${name}`);
    return numbers;
  });
  if (wanted.length === 0) throw badValue('$type must match at least one type');
  return anyValue('$type', operand, (value) => value !== undefined && wanted.includes(typeOf(value).number));
}

function wholeSize(operand: Value): number {
  const size = toWholeNumber(operand, '$size');
  if (size < 0) throw badValue('$size may not be negative');
  return size;
}

function modulo(operand: Value): Predicate {
  if (!Array.isArray(operand) || operand.length !== 2 || !operand.every(isNumber))
    throw badValue('malformed mod, needs to be an array of two numbers');
  const [divisor, remainder] = operand.map((item) => truncated(item as NumberValue)) as [bigint?, bigint?];
  if (divisor === undefined || remainder === undefined) throw badValue('$mod needs finite numbers');
  if (divisor === 0n) throw badValue('divisor cannot be 0');
  return anyValue('$mod', operand, (value) => {
    const whole = isNumber(value) ? truncated(value) : undefined;
    return whole !== undefined && whole % divisor === remainder;
  });
}

function truncated(value: NumberValue): bigint | undefined {
  const native = exactNative(value) ?? toDouble(value);
  if (typeof native === 'bigint') return native;
  return Number.isFinite(native) ? BigInt(Math.trunc(native)) : undefined;
}

function all(operand: Value, compilers: Compilers): Predicate {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  const each = operand.map((item) => {
    if (bsonTag(item) === 'BSONRegExp') return regexPredicate(item as BSONRegExp);
    if (!compilers.isOperatorDocument(item)) return equality(item ?? null);
    if (Object.keys(item).join() !== '$elemMatch') throw badValue('no $ expressions in $all');
    return elemMatch(item.$elemMatch, compilers);
  });
  return {
    operator: '$all',
    operand,
    test(found) {
      if (each.length === 0) return undefined;
      let position: number | undefined;
      for (const predicate of each) {
        const match = predicate.test(found);
        if (match === undefined) return undefined;
        position ??= match;
      }
      return position;
    },
  };
}

function elemMatch(operand: Value, compilers: Compilers): Predicate {
  if (!isDocument(operand)) throw badValue('$elemMatch needs an Object');
  const isOnValue = compilers.isOperatorDocument(operand) && !compilers.opensFilter(operand);
  const passes = isOnValue ? valueForm(operand, compilers) : documentForm(operand, compilers);
  return {
    operator: '$elemMatch',
    operand,
    test(found) {
      for (const { value, positions } of found) {
        const item = Array.isArray(value) ? value.findIndex(passes) : -1;
        if (item >= 0) return positions[0] ?? item;
      }
      return undefined;
    },
  };
}

function valueForm(operand: Document, compilers: Compilers): (item: Value) => boolean {
  const predicates = compilers.condition(operand);
  return (item) => predicates.every((predicate) => elementMatch(predicate, item));
}

function documentForm(operand: Document, compilers: Compilers): (item: Value) => boolean {
  const matches = compilers.filter(operand);
  return (item) => (isDocument(item) || Array.isArray(item)) && matches(item);
}

function regex(operand: Value, siblings: Document): Predicate {
  const { $options: given } = siblings;
  if (given !== undefined && typeof given !== 'string') throw badValue('$options has to be a string');
  const isPattern = bsonTag(operand) === 'BSONRegExp';
  if (!isPattern && typeof operand !== 'string') throw badValue('$regex has to be a string');
  const own = isPattern ? (operand as BSONRegExp).options : '';
  if (own !== '' && given !== undefined) throw badValue('options set in both $regex and $options');
  const source = isPattern ? (operand as BSONRegExp).pattern : (operand as string);
  const compiled = compileRegex(source, given ?? own);
  // With its options the operand says all there is to know, which is what an index is planned by.
  const whole = new BSONRegExp(source, [...(given ?? own)].sort().join(''));
  return anyValue('$regex', whole, (value) => matchesRegex(compiled, value));
}

import { Decimal128, Double, Int32, Long } from 'bson';
import { badValue, typeMismatch } from '../errors.ts';
import { compareFractions, type Exact, exactDecimal, exactDouble, parseDecimal } from './decimal.ts';
import type { NumberValue, Value } from './value.ts';
import { bsonTag, isNumber } from './value.ts';

/** The number as JavaScript holds it exactly: bigint for 64-bit integers, number for the small types, undefined for decimals. */
export function exactNative(value: NumberValue): number | bigint | undefined {
  switch (bsonTag(value)) {
    case 'Int32':
    case 'Double':
      return (value as Int32 | Double).value;
    case 'Long': {
      const long = value as Long;
      return long.high === long.low >> 31 ? long.low : long.toBigInt();
    }
    default:
      return undefined;
  }
}

/** The nearest double. */
export function toDouble(value: NumberValue): number {
  return Number(exactNative(value) ?? (value as Decimal128).toString());
}

function exactOf(value: NumberValue): Exact {
  const native = exactNative(value);
  if (native === undefined) return exactDecimal(value as Decimal128);
  return typeof native === 'bigint' ? { numerator: native, denominator: 1n } : exactDouble(native);
}

/** Orders numbers by mathematical value whatever their types; NaN comes first and equals itself. */
export function compareNumbers(a: NumberValue, b: NumberValue): number {
  const x = exactNative(a);
  const y = exactNative(b);
  if (x !== undefined && y !== undefined) {
    if (x < y) return -1;
    if (x > y) return 1;
    if (x <= y) return 0;
    return Number(!Number.isNaN(x)) - Number(!Number.isNaN(y));
  }
  return compareExact(exactOf(a), exactOf(b));
}

function compareExact(a: Exact, b: Exact): number {
  if (typeof a === 'object' && typeof b === 'object') return compareFractions(a, b);
  const rank = (e: Exact) => (e === 'NaN' ? 0 : e === '-Infinity' ? 1 : e === 'Infinity' ? 3 : 2);
  return Math.sign(rank(a) - rank(b));
}

/** Wraps an exact integer in the smallest type that holds it and is at least as wide as `atLeast`. */
export function integerValue(value: bigint, atLeast: 'Int32' | 'Long' = 'Int32'): Int32 | Long {
  if (atLeast === 'Int32' && value >= -2147483648n && value <= 2147483647n) return new Int32(Number(value));
  return Long.fromBigInt(value);
}

/** Wraps a JavaScript number: integers as int or long, the rest as double. */
export function numberValue(value: number): NumberValue {
  return Number.isSafeInteger(value) && !Object.is(value, -0)
    ? integerValue(BigInt(value))
    : new Double(value);
}

const longMin = -(2n ** 63n);
const longMax = 2n ** 63n - 1n;

type Operation = 'add' | 'multiply';

/** Adds or multiplies as MongoDB does: the wider type wins, and an int that overflows becomes a long. */
export function arithmetic(operation: Operation, a: NumberValue, b: NumberValue): NumberValue {
  if (bsonTag(a) === 'Decimal128' || bsonTag(b) === 'Decimal128') return decimalArithmetic(operation, a, b);
  if (bsonTag(a) === 'Double' || bsonTag(b) === 'Double') {
    const x = toDouble(a);
    const y = toDouble(b);
    return new Double(operation === 'add' ? x + y : x * y);
  }
  const x = BigInt(exactNative(a) as number | bigint);
  const y = BigInt(exactNative(b) as number | bigint);
  const result = operation === 'add' ? x + y : x * y;
  if (result < longMin || result > longMax)
    throw badValue(`Integer overflow of 64 bits: ${operation} ${x}, ${y}`);
  return integerValue(result, bsonTag(a) === 'Long' || bsonTag(b) === 'Long' ? 'Long' : 'Int32');
}

function decimalArithmetic(operation: Operation, a: NumberValue, b: NumberValue): Decimal128 {
  const x = asDecimal(a);
  const y = asDecimal(b);
  if (typeof x === 'string' || typeof y === 'string') {
    const p = Number(typeof x === 'string' ? x : x.coefficient);
    const q = Number(typeof y === 'string' ? y : y.coefficient);
    return Decimal128.fromString(String(operation === 'add' ? p + q : p * q));
  }
  if (operation === 'multiply')
    return Decimal128.fromStringWithRounding(`${x.coefficient * y.coefficient}E${x.exponent + y.exponent}`);
  const exponent = Math.min(x.exponent, y.exponent);
  const sum =
    x.coefficient * 10n ** BigInt(x.exponent - exponent) +
    y.coefficient * 10n ** BigInt(y.exponent - exponent);
  return Decimal128.fromStringWithRounding(`${sum}E${exponent}`);
}

function asDecimal(value: NumberValue): ReturnType<typeof parseDecimal> {
  const native = exactNative(value);
  return parseDecimal(native === undefined ? (value as Decimal128) : Decimal128.fromString(String(native)));
}

/** The value as a whole JavaScript number, for options such as `limit`; `what` names it in the refusal. */
export function toWholeNumber(value: Value, what: string): number {
  if (!isNumber(value)) throw typeMismatch(`${what} must be a number`);
  const double = toDouble(value);
  if (!Number.isSafeInteger(double)) throw badValue(`${what} must be a whole number, got ${double}`);
  return double;
}

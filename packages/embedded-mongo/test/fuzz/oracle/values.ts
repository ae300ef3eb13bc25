import { mongo } from 'mongoose';

const { Double, Int32, Long } = mongo.BSON;

/** A value as the driver gives it when it promotes nothing: numbers are objects that know their type. */
export type Value = unknown;
export type Doc = Record<string, Value>;

/** Thrown where MongoDB's documentation says that an operation fails. */
export class Refusal extends Error {}

export const isInt = (value: Value): value is mongo.BSON.Int32 => tag(value) === 'Int32';
export const isLong = (value: Value): value is mongo.BSON.Long => tag(value) === 'Long';
export const isDouble = (value: Value): value is mongo.BSON.Double => tag(value) === 'Double';
export const isNumber = (value: Value): boolean => isInt(value) || isLong(value) || isDouble(value);

function tag(value: Value): string | undefined {
  return (value as { _bsontype?: string } | null | undefined)?._bsontype;
}

export function isDoc(value: Value): value is Doc {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof RegExp) &&
    tag(value) === undefined
  );
}

/** A whole number where it is one, so that 2^53 + 1 stays what it is; else the double. */
export function exact(value: Value): bigint | number {
  if (isLong(value)) return value.toBigInt();
  const number = (value as { value: number }).value;
  return Number.isSafeInteger(number) ? BigInt(number) : number;
}

/** The comparison order of BSON types: null, numbers, text, documents, arrays, identifiers, booleans, dates. */
export function typeRank(value: Value): number {
  if (value === undefined || value === null) return 1;
  if (isNumber(value)) return 2;
  if (typeof value === 'string') return 3;
  if (Array.isArray(value)) return 5;
  if (tag(value) === 'ObjectId') return 6;
  if (typeof value === 'boolean') return 7;
  if (value instanceof Date) return 8;
  return 4;
}

function sign(a: bigint | number, b: bigint | number): number {
  const isOdd = (value: bigint | number) => typeof value === 'number' && Number.isNaN(value);
  // NaN is less than every number, and equal to itself.
  if (isOdd(a) || isOdd(b)) return isOdd(a) && isOdd(b) ? 0 : isOdd(a) ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders any two values as a sort does. */
export function compare(a: Value, b: Value): number {
  const byType = typeRank(a) - typeRank(b);
  if (byType !== 0) return Math.sign(byType);
  switch (typeRank(a)) {
    case 1:
      return 0;
    case 2:
      return sign(exact(a), exact(b));
    case 3:
      return Math.sign(Buffer.compare(Buffer.from(a as string), Buffer.from(b as string)));
    case 4:
      return compareFields(Object.entries(a as Doc), Object.entries(b as Doc));
    case 5:
      return compareFields(
        (a as Value[]).map((item) => ['', item]),
        (b as Value[]).map((item) => ['', item]),
      );
    case 6:
      return Math.sign(Buffer.compare((a as mongo.ObjectId).id, (b as mongo.ObjectId).id));
    case 7:
      return Number(a) - Number(b);
    default:
      return sign((a as Date).getTime(), (b as Date).getTime());
  }
}

/** Field by field: first the type of the value, then the name, then the value; who ends first is less. */
function compareFields(a: [string, Value][], b: [string, Value][]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [[nameA, valueA], [nameB, valueB]] = [a[i], b[i]] as [[string, Value], [string, Value]];
    const order =
      Math.sign(typeRank(valueA) - typeRank(valueB)) ||
      (nameA < nameB ? -1 : nameA > nameB ? 1 : compare(valueA, valueB));
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

export const equal = (a: Value, b: Value): boolean => compare(a, b) === 0;

/** Every byte the same: also the types of numbers and the order of fields. */
export function identical(a: Value, b: Value): boolean {
  return text(a) === text(b);
}

/** A text that tells any two different values apart. */
export function text(value: Value): string {
  if (value === undefined) return 'missing';
  if (isInt(value)) return `i${value.value}`;
  if (isLong(value)) return `l${value.toString()}`;
  if (isDouble(value)) return `d${Object.is(value.value, -0) ? '-0' : value.value}`;
  if (value instanceof Date) return `t${value.getTime()}`;
  if (Array.isArray(value)) return `[${value.map(text).join()}]`;
  if (isDoc(value)) {
    const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}:${text(field)}`);
    return `{${fields.join()}}`;
  }
  return typeof value === 'object' && value !== null ? String(value) : JSON.stringify(value);
}

/** The sum or product in the type that MongoDB documents: the widest of both, an int that overflows becoming a long. */
export function calculate(kind: 'add' | 'multiply', a: Value, b: Value): Value {
  if (isDouble(a) || isDouble(b)) {
    const [x, y] = [toFloat(a), toFloat(b)];
    return new Double(kind === 'add' ? x + y : x * y);
  }
  const [x, y] = [exact(a), exact(b)] as [bigint, bigint];
  const result = kind === 'add' ? x + y : x * y;
  if (isInt(a) && isInt(b) && result === BigInt.asIntN(32, result)) return new Int32(Number(result));
  if (result !== BigInt.asIntN(64, result)) throw new Refusal('a long overflows');
  return Long.fromBigInt(result);
}

/** The nearest double; minus zero stays what it is, which a bigint could not say. */
export function toFloat(value: Value): number {
  return isDouble(value) ? value.value : Number(exact(value));
}

export function clone<T>(value: T): T {
  if (Array.isArray(value)) return value.map(clone) as T;
  if (!isDoc(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, clone(field)])) as T;
}

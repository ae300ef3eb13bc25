import type {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';

/** A BSON number with its type kept: 2 and 2.0 are different values that compare equal. */
export type NumberValue = Int32 | Double | Long | Decimal128;

/** Any BSON value; `undefined` stands for a missing field. */
export type Value =
  | string
  | boolean
  | null
  | undefined
  | Date
  | NumberValue
  | ObjectId
  | Binary
  | BSONRegExp
  | Timestamp
  | Code
  | BSONSymbol
  | MinKey
  | MaxKey
  | DBRef
  | Value[]
  | Document;

/** A BSON document, in field order. */
export interface Document {
  [key: string]: Value;
}

/** The `_bsontype` tag of a BSON class instance, or undefined for plain JavaScript values. */
export function bsonTag(value: Value): string | undefined {
  return typeof value === 'object' && value !== null
    ? (value as { _bsontype?: string })._bsontype
    : undefined;
}

/** Tells an embedded document from every other value. */
export function isDocument(value: Value): value is Document {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return typeof (value as { _bsontype?: unknown })._bsontype !== 'string' && !(value instanceof Date);
}

/** Tells a BSON number of any of the four types. */
export function isNumber(value: Value): value is NumberValue {
  const tag = bsonTag(value);
  return tag === 'Int32' || tag === 'Double' || tag === 'Long' || tag === 'Decimal128';
}

/** Sets a field even when its name has a meaning in JavaScript. */
export function setField(target: Document, key: string, value: Value): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  else target[key] = value;
}

/** Reads a document's own field, never one inherited from JavaScript's Object. */
export function getField(source: Document, key: string): Value {
  return Object.hasOwn(source, key) ? source[key] : undefined;
}

/** Copies documents and arrays so that the copy can be changed; other values are immutable and shared. */
export function cloneValue<T extends Value>(value: T): T {
  if (Array.isArray(value)) return value.map((item) => cloneValue(item)) as T;
  if (!isDocument(value)) return value;
  const copy: Document = {};
  for (const key of Object.keys(value)) setField(copy, key, cloneValue(value[key]));
  return copy as T;
}

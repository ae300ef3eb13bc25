import type { Binary, BSONRegExp, BSONSymbol, Code, DBRef, ObjectId, Timestamp } from 'bson';
import { compareNumbers } from './numbers.ts';
import { typeOf } from './types.ts';
import type { Document, NumberValue, Value } from './value.ts';
import { bsonTag } from './value.ts';

const sign = (a: number | bigint | string, b: number | bigint | string) => (a < b ? -1 : a > b ? 1 : 0);

/** Orders strings by their UTF-8 bytes, as MongoDB does without a collation. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // UTF-16 puts surrogate pairs before U+E000–U+FFFF, UTF-8 after.
    const high = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
    return sign(high(x), high(y));
  }
  return sign(a.length, b.length);
}

/** Orders any two values as MongoDB sorts them: by type first, then by value. */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  const rank = typeOf(a).rank;
  const byType = sign(rank, typeOf(b).rank);
  return byType !== 0 ? byType : compareSameRank(rank, a, b);
}

function compareSameRank(rank: number, a: Value, b: Value): number {
  switch (rank) {
    case 0x10:
      return compareNumbers(a as NumberValue, b as NumberValue);
    case 0x15:
      return compareStrings(textOf(a), textOf(b));
    case 0x20:
      return compareDocuments(fieldsOf(a as Document | DBRef), fieldsOf(b as Document | DBRef));
    case 0x25:
      return compareArrays(a as Value[], b as Value[]);
    case 0x30:
      return compareBinaries(a as Binary, b as Binary);
    case 0x35:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case 0x40:
      return sign(Number(a), Number(b));
    case 0x45:
      return sign((a as Date).getTime(), (b as Date).getTime());
    case 0x4a:
      return sign(timestampBits(a as Timestamp), timestampBits(b as Timestamp));
    case 0x50:
      return (
        compareStrings((a as BSONRegExp).pattern, (b as BSONRegExp).pattern) ||
        compareStrings((a as BSONRegExp).options, (b as BSONRegExp).options)
      );
    case 0x60:
      return compareStrings(codeText(a as Code), codeText(b as Code));
    default:
      return 0;
  }
}

/** The text of a string or of a symbol, which compare as the same type. */
export function textOf(value: Value): string {
  return typeof value === 'string' ? value : (value as BSONSymbol).value;
}

/** All 64 bits of a timestamp, unsigned. */
export function timestampBits(value: Timestamp): bigint {
  return BigInt.asUintN(64, value.toBigInt());
}

/** The source of a code value. */
export function codeText(value: Code): string {
  return String(value.code);
}

/** A document's fields; a database reference is the document it is on the wire. */
export function fieldsOf(value: Document | DBRef): Document {
  if (bsonTag(value) !== 'DBRef') return value as Document;
  const ref = value as DBRef;
  return {
    $ref: ref.collection,
    $id: ref.oid,
    ...(ref.db === undefined ? {} : { $db: ref.db }),
    ...(ref.fields as Document),
  };
}

function compareDocuments(a: Document, b: Document): number {
  const keysA = Object.keys(a);
  const keysB = Object.keys(b);
  const length = Math.min(keysA.length, keysB.length);
  for (let i = 0; i < length; i++) {
    const keyA = keysA[i] as string;
    const keyB = keysB[i] as string;
    const order =
      sign(typeOf(a[keyA]).rank, typeOf(b[keyB]).rank) ||
      compareStrings(keyA, keyB) ||
      compareValues(a[keyA], b[keyB]);
    if (order !== 0) return order;
  }
  return sign(keysA.length, keysB.length);
}

function compareArrays(a: Value[], b: Value[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return sign(a.length, b.length);
}

function compareBinaries(a: Binary, b: Binary): number {
  return sign(a.position, b.position) || sign(a.sub_type, b.sub_type) || Buffer.compare(a.value(), b.value());
}

/** Tells whether two values are the same to a query: type family and value, not the width of numbers. */
export function sameValue(a: Value, b: Value): boolean {
  return compareValues(a, b) === 0;
}

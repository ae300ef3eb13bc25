import type { Binary, BSONRegExp, Code, DBRef, Decimal128, ObjectId, Timestamp } from 'bson';
import { badValue } from '../errors.ts';
import { codeText, fieldsOf, textOf, timestampBits } from './compare.ts';
import { type Exact, exactDecimal, exactDouble } from './decimal.ts';
import { KeyBuffer } from './keyBuffer.ts';
import { exactNative } from './numbers.ts';
import { typeOf } from './types.ts';
import type { Document, NumberValue, Value } from './value.ts';

/** Every key is made here, one at a time. */
const scratch = new KeyBuffer();

/**
 * Bytes whose order under memcmp is the order of the values, and which are equal exactly when the values compare equal.
 * Variable-length parts end in 0x00 and no type rank is 0x00 or 0xff, so keys can be joined and inverted.
 */
export function encodeKey(value: Value): Buffer {
  scratch.length = 0;
  append(value, scratch);
  return scratch.taken();
}

/** Closes a compound key, so that an inverted text comes after the longer ones that begin with it. */
const close = 0x01;

/** One key for a compound index: each part's bytes, inverted where the index descends. */
export function encodeCompoundKey(values: readonly Value[], directions: readonly (1 | -1)[]): Buffer {
  scratch.length = 0;
  for (const [i, value] of values.entries()) {
    const start = scratch.length;
    append(value, scratch);
    if (directions[i] === -1) scratch.invert(start);
  }
  scratch.byte(close);
  return scratch.taken();
}

/** The whole key of parts that have been written one after the other. */
export const closedKey = (parts: Uint8Array): Buffer => Buffer.concat([parts, Buffer.of(close)]);

/** Inverts the bytes of a descending part. */
export function orient(bytes: Buffer, direction: 1 | -1): Buffer {
  return direction === 1 ? bytes : Buffer.from(bytes.map((byte) => 255 - byte));
}

function append(value: Value, out: KeyBuffer): void {
  const { rank } = typeOf(value);
  out.byte(rank);
  appenders[rank]?.(value, out);
}

/** How each rank writes its value; the ranks not listed have one value only. */
const appenders: Record<number, (value: Value, out: KeyBuffer) => void> = {
  16: (value, out) => appendNumber(value as NumberValue, out),
  21: (value, out) => appendText(textOf(value), out),
  32: (value, out) => appendDocument(fieldsOf(value as Document | DBRef), out),
  37: (value, out) => {
    for (const item of value as Value[]) append(item ?? null, out);
    out.byte(end);
  },
  48: (value, out) => appendBinary(value as Binary, out),
  53: (value, out) => out.bytes((value as ObjectId).id),
  64: (value, out) => out.byte(value === true ? 1 : 0),
  69: (value, out) => out.unsigned64(signed64(BigInt((value as Date).getTime()))),
  74: (value, out) => out.unsigned64(timestampBits(value as Timestamp)),
  80: (value, out) => {
    appendText((value as BSONRegExp).pattern, out);
    appendText((value as BSONRegExp).options, out);
  },
  96: (value, out) => appendText(codeText(value as Code), out),
};

const end = 0;

function appendText(text: string, out: KeyBuffer): void {
  out.text(text);
  out.byte(end);
}

function appendDocument(document: Document, out: KeyBuffer): void {
  for (const key of Object.keys(document)) {
    out.byte(typeOf(document[key]).rank);
    appendText(key, out);
    append(document[key], out);
  }
  out.byte(end);
}

function appendBinary(value: Binary, out: KeyBuffer): void {
  out.unsigned32(value.position);
  out.byte(value.sub_type);
  out.bytes(value.value());
}

/** The bits whose order without a sign is the order of the numbers with one. */
function signed64(value: bigint): bigint {
  return BigInt.asUintN(64, value) ^ (1n << 63n);
}

/** A double in order; NaN sorts below -Infinity. */
function appendDouble(value: number, out: KeyBuffer): void {
  const start = out.length;
  if (Number.isNaN(value)) out.unsigned64(0n);
  else {
    // Minus zero is zero.
    out.double(value === 0 ? 0 : value);
    if (value < 0) out.invert(start);
    else out.flip(start, 0x80);
  }
}

const exactly = 0x80;

/** The nearest double, then, where it is not exact, the remainder in the same manner: below or above it. */
function appendNumber(value: NumberValue, out: KeyBuffer): void {
  const native = exactNative(value);
  const exact: Exact | number | bigint = native ?? exactDecimal(value as Decimal128);
  if (typeof exact === 'object') appendExact(exact, out);
  else if (typeof exact === 'bigint') appendExact({ numerator: exact, denominator: 1n }, out);
  else {
    appendDouble(Number(exact), out);
    out.byte(exactly);
  }
}

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A 34-digit decimal such as 0.1 has no finite binary expansion: past 400 bits the difference can no longer matter. */
const mostRemainders = 6;

function appendExact(start: Fraction, out: KeyBuffer): void {
  let rest = start;
  for (let round = 1; ; round++) {
    const near = nearestDouble(rest);
    if (!Number.isFinite(near) || (near === 0 && rest.numerator !== 0n))
      throw badValue('A decimal outside the range of doubles cannot be an index key');
    appendDouble(near, out);
    const taken = exactDouble(near) as Fraction;
    rest = {
      numerator: rest.numerator * taken.denominator - taken.numerator * rest.denominator,
      denominator: rest.denominator * taken.denominator,
    };
    if (rest.numerator === 0n) break;
    out.byte(rest.numerator < 0n ? 0x7f : 0x81);
    if (round === mostRemainders) break;
  }
  out.byte(exactly);
}

/** A double next to the fraction; always the same one for equal fractions, and never out of order. */
function nearestDouble({ numerator, denominator }: Fraction): number {
  if (denominator === 1n) return Number(numerator);
  const magnitude = numerator < 0n ? -numerator : numerator;
  const shift = BigInt(Math.max(0, 64 - (bits(magnitude) - bits(denominator))));
  const quotient = (numerator << shift) / denominator;
  return Number(quotient) * 2 ** -Number(shift);
}

function bits(value: bigint): number {
  return value.toString(2).length;
}

import type { Binary, BSONRegExp, Code, DBRef, Decimal128, ObjectId, Timestamp } from 'bson';
import { badValue } from '../errors.ts';
import { codeText, fieldsOf, textOf, timestampBits } from './compare.ts';
import { type Exact, exactDecimal, exactDouble } from './decimal.ts';
import { exactNative } from './numbers.ts';
import { typeOf } from './types.ts';
import type { Document, NumberValue, Value } from './value.ts';

/**
 * Bytes whose order under memcmp is the order of the values, and which are equal exactly when the values compare equal.
 * Variable-length parts end in 0x00 and no type rank is 0x00 or 0xff, so keys can be joined and inverted.
 */
export function encodeKey(value: Value): Buffer {
  const out: Buffer[] = [];
  append(value, out);
  return Buffer.concat(out);
}

/** Closes a compound key, so that an inverted text comes after the longer ones that begin with it. */
const close = Buffer.of(0x01);

/** One key for a compound index: each part's bytes, inverted where the index descends. */
export function encodeCompoundKey(values: readonly Value[], directions: readonly (1 | -1)[]): Buffer {
  return Buffer.concat([
    ...values.map((value, i) => orient(encodeKey(value), directions[i] as 1 | -1)),
    close,
  ]);
}

/** Inverts the bytes of a descending part. */
export function orient(bytes: Buffer, direction: 1 | -1): Buffer {
  if (direction === 1) return bytes;
  const inverted = Buffer.allocUnsafe(bytes.length);
  for (let i = 0; i < bytes.length; i++) inverted[i] = 255 - (bytes[i] as number);
  return inverted;
}

function append(value: Value, out: Buffer[]): void {
  const { rank } = typeOf(value);
  out.push(Buffer.of(rank));
  appenders[rank]?.(value, out);
}

/** How each rank writes its value; the ranks not listed have one value only. */
const appenders: Record<number, (value: Value, out: Buffer[]) => void> = {
  16: (value, out) => appendNumber(value as NumberValue, out),
  21: (value, out) => appendText(textOf(value), out),
  32: (value, out) => appendDocument(fieldsOf(value as Document | DBRef), out),
  37: (value, out) => {
    for (const item of value as Value[]) append(item ?? null, out);
    out.push(end);
  },
  48: (value, out) => appendBinary(value as Binary, out),
  53: (value, out) => out.push(Buffer.from((value as ObjectId).id)),
  64: (value, out) => out.push(Buffer.of(value === true ? 1 : 0)),
  69: (value, out) => out.push(signed64(BigInt((value as Date).getTime()))),
  74: (value, out) => out.push(unsigned64(timestampBits(value as Timestamp))),
  80: (value, out) => {
    appendText((value as BSONRegExp).pattern, out);
    appendText((value as BSONRegExp).options, out);
  },
  96: (value, out) => appendText(codeText(value as Code), out),
};

const end = Buffer.of(0);

function appendText(text: string, out: Buffer[]): void {
  const bytes = Buffer.from(text, 'utf8');
  out.push(bytes.includes(0) ? escapeZeros(bytes) : bytes, end);
}

function escapeZeros(bytes: Buffer): Buffer {
  const escaped: number[] = [];
  for (const byte of bytes) {
    escaped.push(byte);
    if (byte === 0) escaped.push(0xff);
  }
  return Buffer.from(escaped);
}

function appendDocument(document: Document, out: Buffer[]): void {
  for (const key of Object.keys(document)) {
    out.push(Buffer.of(typeOf(document[key]).rank));
    appendText(key, out);
    append(document[key], out);
  }
  out.push(end);
}

function appendBinary(value: Binary, out: Buffer[]): void {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(value.position, 0);
  head[4] = value.sub_type;
  out.push(head, Buffer.from(value.value()));
}

function signed64(value: bigint): Buffer {
  return unsigned64(BigInt.asUintN(64, value) ^ (1n << 63n));
}

function unsigned64(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

/** A double in order; NaN sorts below -Infinity. */
function orderedDouble(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  if (Number.isNaN(value)) return bytes;
  bytes.writeDoubleBE(value === 0 ? 0 : value);
  if ((bytes[0] as number) & 0x80) return orient(bytes, -1);
  bytes[0] = (bytes[0] as number) | 0x80;
  return bytes;
}

const exactly = Buffer.of(0x80);

/** The nearest double, then, where it is not exact, the remainder in the same manner: below or above it. */
function appendNumber(value: NumberValue, out: Buffer[]): void {
  const native = exactNative(value);
  if (typeof native === 'number') {
    out.push(orderedDouble(native), exactly);
    return;
  }
  const exact: Exact =
    native === undefined ? exactDecimal(value as Decimal128) : { numerator: native, denominator: 1n };
  if (typeof exact === 'object') appendExact(exact, out);
  else out.push(orderedDouble(Number(exact)), exactly);
}

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

function appendExact(start: Fraction, out: Buffer[]): void {
  let rest = start;
  for (;;) {
    const near = nearestDouble(rest);
    if (!Number.isFinite(near) || (near === 0 && rest.numerator !== 0n))
      throw badValue('A decimal outside the range of doubles cannot be an index key');
    out.push(orderedDouble(near));
    const taken = exactDouble(near) as Fraction;
    rest = {
      numerator: rest.numerator * taken.denominator - taken.numerator * rest.denominator,
      denominator: rest.denominator * taken.denominator,
    };
    if (rest.numerator === 0n) break;
    out.push(Buffer.of(rest.numerator < 0n ? 0x7f : 0x81));
    // A 34-digit decimal such as 0.1 has no finite binary expansion: past 400 bits the difference can no longer matter.
    if (out.length > 12) break;
  }
  out.push(exactly);
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

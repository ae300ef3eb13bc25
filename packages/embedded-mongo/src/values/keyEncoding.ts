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
  const out = scratch.begin();
  append(value, out);
  return out.take();
}

/** Closes a compound key, so that an inverted text comes after the longer ones that begin with it. */
const close = 0x01;

/** One key for a compound index: each part's bytes, inverted where the index descends. */
export function encodeCompoundKey(values: readonly Value[], directions: readonly (1 | -1)[]): Buffer {
  const out = scratch.begin();
  for (let i = 0; i < values.length; i++) {
    const start = out.length;
    append(values[i], out);
    if (directions[i] === -1) out.invertFrom(start);
  }
  out.byte(close);
  return out.take();
}

/** Inverts the bytes of a descending part. */
export function orient(bytes: Buffer, direction: 1 | -1): Buffer {
  if (direction === 1) return bytes;
  const inverted = Buffer.allocUnsafe(bytes.length);
  for (let i = 0; i < bytes.length; i++) inverted[i] = 255 - (bytes[i] as number);
  return inverted;
}

/** Where the one key that is being written grows: an index entry is made of ten small parts. */
class KeyBytes {
  #bytes = Buffer.allocUnsafe(1024);
  length = 0;

  begin(): this {
    this.length = 0;
    return this;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = value;
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.length);
    this.length += value.length;
  }

  /** Writes UTF-8; the text has no NUL. */
  text(value: string): void {
    this.#reserve(value.length * 3);
    this.length += this.#bytes.write(value, this.length, 'utf8');
  }

  /** A double in order; NaN sorts below -Infinity. */
  double(value: number): void {
    this.#reserve(8);
    const start = this.length;
    this.length += 8;
    if (Number.isNaN(value)) {
      this.#bytes.fill(0, start, this.length);
      return;
    }
    this.#bytes.writeDoubleBE(value === 0 ? 0 : value, start);
    const first = this.#bytes[start] as number;
    if (first & 0x80) this.invertFrom(start);
    else this.#bytes[start] = first | 0x80;
  }

  invertFrom(start: number): void {
    for (let i = start; i < this.length; i++) this.#bytes[i] = 255 - (this.#bytes[i] as number);
  }

  /** The key so far, as a copy that stays. */
  take(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.length));
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.length + more));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }
}

const scratch = new KeyBytes();

function append(value: Value, out: KeyBytes): void {
  const { rank } = typeOf(value);
  out.byte(rank);
  appenders[rank]?.(value, out);
}

/** How each rank writes its value; the ranks not listed have one value only. */
const appenders: Record<number, (value: Value, out: KeyBytes) => void> = {
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
  69: (value, out) => out.bytes(signed64(BigInt((value as Date).getTime()))),
  74: (value, out) => out.bytes(unsigned64(timestampBits(value as Timestamp))),
  80: (value, out) => {
    appendText((value as BSONRegExp).pattern, out);
    appendText((value as BSONRegExp).options, out);
  },
  96: (value, out) => appendText(codeText(value as Code), out),
};

const end = 0;

function appendText(text: string, out: KeyBytes): void {
  if (text.includes('\0')) out.bytes(escapeZeros(Buffer.from(text, 'utf8')));
  else out.text(text);
  out.byte(end);
}

function escapeZeros(bytes: Buffer): Buffer {
  const escaped: number[] = [];
  for (const byte of bytes) {
    escaped.push(byte);
    if (byte === 0) escaped.push(0xff);
  }
  return Buffer.from(escaped);
}

function appendDocument(document: Document, out: KeyBytes): void {
  for (const key of Object.keys(document)) {
    out.byte(typeOf(document[key]).rank);
    appendText(key, out);
    append(document[key], out);
  }
  out.byte(end);
}

function appendBinary(value: Binary, out: KeyBytes): void {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(value.position, 0);
  head[4] = value.sub_type;
  out.bytes(head);
  out.bytes(value.value());
}

function signed64(value: bigint): Buffer {
  return unsigned64(BigInt.asUintN(64, value) ^ (1n << 63n));
}

function unsigned64(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

const exactly = 0x80;

/** The nearest double, then, where it is not exact, the remainder in the same manner: below or above it. */
function appendNumber(value: NumberValue, out: KeyBytes): void {
  const native = exactNative(value);
  if (typeof native === 'number') {
    out.double(native);
    out.byte(exactly);
    return;
  }
  const exact: Exact =
    native === undefined ? exactDecimal(value as Decimal128) : { numerator: native, denominator: 1n };
  if (typeof exact === 'object') appendExact(exact, out);
  else {
    out.double(Number(exact));
    out.byte(exactly);
  }
}

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

function appendExact(start: Fraction, out: KeyBytes): void {
  let rest = start;
  for (let steps = 1; ; steps++) {
    const near = nearestDouble(rest);
    if (!Number.isFinite(near) || (near === 0 && rest.numerator !== 0n))
      throw badValue('A decimal outside the range of doubles cannot be an index key');
    out.double(near);
    const taken = exactDouble(near) as Fraction;
    rest = {
      numerator: rest.numerator * taken.denominator - taken.numerator * rest.denominator,
      denominator: rest.denominator * taken.denominator,
    };
    if (rest.numerator === 0n) break;
    out.byte(rest.numerator < 0n ? 0x7f : 0x81);
    // A 34-digit decimal such as 0.1 has no finite binary expansion: past 400 bits the difference can no longer matter.
    if (steps === 6) break;
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

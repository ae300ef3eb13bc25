import type { Decimal128 } from 'bson';

/** A finite number as an exact fraction of integers, or one of the three that are not finite. */
export type Exact =
  | { readonly numerator: bigint; readonly denominator: bigint }
  | 'NaN'
  | 'Infinity'
  | '-Infinity';

/** Reads a Decimal128 as coefficient and power of ten. */
export function parseDecimal(
  value: Decimal128,
): { coefficient: bigint; exponent: number } | 'NaN' | 'Infinity' | '-Infinity' {
  const text = value.toString();
  if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') return text;
  const [mantissa = '0', power = '0'] = text.split('E');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { coefficient: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

/** A decimal as an exact fraction. */
export function exactDecimal(value: Decimal128): Exact {
  const parsed = parseDecimal(value);
  if (typeof parsed === 'string') return parsed;
  const { coefficient, exponent } = parsed;
  return exponent >= 0
    ? { numerator: coefficient * 10n ** BigInt(exponent), denominator: 1n }
    : { numerator: coefficient, denominator: 10n ** BigInt(-exponent) };
}

/** A double as the exact fraction it stands for. */
export function exactDouble(value: number): Exact {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  let scaled = value;
  let shift = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    shift++;
  }
  return { numerator: BigInt(scaled), denominator: 1n << BigInt(shift) };
}

/** Orders two finite fractions. */
export function compareFractions(
  a: { numerator: bigint; denominator: bigint },
  b: { numerator: bigint; denominator: bigint },
): number {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { expect } from 'chai';
import fc from 'fast-check';
import { compareValues } from '../../src/values/compare.ts';
import { encodeCompoundKey, encodeKey } from '../../src/values/keyEncoding.ts';
import type { Value } from '../../src/values/value.ts';

const numbers: fc.Arbitrary<Value> = fc.oneof(
  fc.integer().map((n) => new Int32(n)),
  fc.double().map((n) => new Double(n)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  fc.integer({ min: -20, max: 20 }).map((n) => Long.fromBigInt(2n ** 53n + BigInt(n))),
  fc
    .tuple(fc.integer(), fc.integer({ min: -12, max: 12 }))
    .map(([c, e]) => Decimal128.fromString(`${c}E${e}`)),
);

const scalars: fc.Arbitrary<Value> = fc.oneof(
  numbers,
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom('', 'a', 'a\0', 'a\0b', 'ab', '\u{1F600}', '\uFFFF'),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.integer({ min: 0, max: 1000 }).map((n) => ObjectId.createFromTime(n)),
  fc.uint8Array({ maxLength: 4 }).map((bytes) => new Binary(bytes)),
  fc.tuple(fc.nat(9), fc.nat(9)).map(([t, i]) => new Timestamp({ t, i })),
  fc.constantFrom(new MinKey(), new MaxKey()),
);

const { value: values } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ab'), tie('value'), { noNullPrototype: true }),
  ),
}));

describe('keyEncoding', () => {
  it('orders and equates as values compare', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(Math.sign(Buffer.compare(encodeKey(a), encodeKey(b)))).to.equal(
          Math.sign(compareValues(a, b)),
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('orders compound keys with descending parts', () => {
    const direction = fc.constantFrom<1 | -1>(1, -1);
    fc.assert(
      fc.property(
        fc.tuple(scalars, scalars),
        fc.tuple(scalars, scalars),
        direction,
        direction,
        (a, b, p, q) => {
          const expected = compareValues(a[0], b[0]) * p || compareValues(a[1], b[1]) * q;
          const keys = [a, b].map((pair) => encodeCompoundKey(pair, [p, q])) as [Buffer, Buffer];
          expect(Math.sign(Buffer.compare(...keys))).to.equal(Math.sign(expected));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('tells 2^53 from 2^53 + 1 and 0.1 from its decimal', () => {
    expect(encodeKey(Long.fromBigInt(2n ** 53n + 1n)).equals(encodeKey(new Double(2 ** 53)))).to.equal(false);
    expect(encodeKey(Decimal128.fromString('0.1')).equals(encodeKey(new Double(0.1)))).to.equal(false);
    expect(encodeKey(Decimal128.fromString('0.50')).equals(encodeKey(new Double(0.5)))).to.equal(true);
    expect(encodeKey(new Double(-0)).equals(encodeKey(new Int32(0)))).to.equal(true);
  });

  it('refuses a decimal no double comes near', () => {
    expect(() => encodeKey(Decimal128.fromString('1E4000'))).to.throw('outside the range');
  });
});

import { mongo } from 'mongoose';
import type { Doc, Value } from '../oracle/values.ts';
import type { Random } from '../random.ts';

const { Double, Int32, Long } = mongo.BSON;

/** Fields that hold one value of any type. */
export const PLAIN = ['a', 'b', 'c'] as const;
/** Every path that a condition may name; `d` is a document, `list` an array of values, `items` one of documents. */
export const PATHS = ['a', 'b', 'c', 'd.x', 'd.y', 'd', 'list', 'items.k', 'items.n', 'items', 'n'] as const;
export const INDEXES: Record<string, 1 | -1>[] = [
  { a: 1 },
  { b: 1, n: -1, _id: 1 },
  { 'd.x': 1, n: 1 },
  { list: 1, _id: 1 },
  { 'items.k': 1, 'items.n': -1 },
  { n: -1, _id: 1 },
];

const BIG = Long.fromBigInt(2n ** 53n + 1n);

/** Few values, so that equal ones and near ones meet. */
export const number = (random: Random): Value =>
  random.pick([
    new Int32(0),
    new Int32(1),
    new Int32(2),
    new Int32(-3),
    new Double(2),
    new Double(1.5),
    new Double(-0),
    Long.fromNumber(2),
    Long.fromNumber(7),
    BIG,
    new Double(2 ** 53),
    new Double(Number.NaN),
    new Int32(2 ** 31 - 1),
  ]);

export const word = (random: Random): string => random.pick(['', 'ab', 'abc', 'Abd', 'b', 'باب', 'é']);

export const scalar = (random: Random): Value => {
  if (random.chance(0.45)) return number(random);
  if (random.chance(0.5)) return word(random);
  return random.pick<Value>([
    null,
    true,
    false,
    new Date(0),
    new Date(1_700_000_000_000),
    new mongo.ObjectId('65a000000000000000000001'),
  ]);
};

const item = (random: Random): Doc => {
  const made: Doc = {};
  if (random.chance(0.9)) made.k = random.pick<Value>(['ab', 'b', null, new Int32(1)]);
  if (random.chance(0.9)) made.n = number(random);
  return made;
};

/** What one of the plain fields holds: mostly a scalar. */
export const value = (random: Random): Value => {
  if (random.chance(0.8)) return scalar(random);
  if (random.chance(0.6)) return random.list(3, () => scalar(random));
  return random.chance(0.5) ? { x: scalar(random) } : { x: scalar(random), y: scalar(random) };
};

export const items = (random: Random): Doc[] => random.list(3, () => item(random));

/** One document; any field may be missing. */
export function document(random: Random, id: number): Doc {
  const made: Doc = { _id: new Int32(id) };
  for (const field of PLAIN) if (random.chance(0.8)) made[field] = value(random);
  if (random.chance(0.7))
    made.d = { x: scalar(random), ...(random.chance(0.6) ? { y: scalar(random) } : {}) };
  if (random.chance(0.8)) made.list = random.list(4, () => scalar(random));
  if (random.chance(0.8)) made.items = items(random);
  if (random.chance(0.9)) made.n = new Int32(random.below(6));
  return made;
}

import { mongo } from 'mongoose';
import type { Doc, Value } from '../oracle/values.ts';
import type { Random } from '../random.ts';
import { items, number, PATHS, scalar, value, word } from './documents.ts';

const { Int32 } = mongo.BSON;
const TYPES = [
  'double',
  'string',
  'object',
  'array',
  'objectId',
  'bool',
  'date',
  'null',
  'int',
  'long',
  'number',
];
const PATTERNS = ['^a', '^ab', 'b$', '^A', 'c', '^با', '.'];

/** A filter of one to three conditions, some of them joined. */
export function filter(random: Random, depth = 2): Doc {
  if (random.chance(0.05)) return {};
  const made: Doc = {};
  for (const path of random.some(PATHS, 3)) made[path] = condition(random, path);
  if (depth > 0 && random.chance(0.25))
    made[random.pick(['$and', '$or', '$nor'])] = random.list(3, () => filter(random, depth - 1), 1);
  return made;
}

function condition(random: Random, path: string): Value {
  if (random.chance(0.3)) return operandFor(random, path);
  if (random.chance(0.05)) return new RegExp(random.pick(PATTERNS));
  const made: Doc = {};
  for (let count = random.chance(0.25) ? 2 : 1; count > 0; count--)
    Object.assign(made, operator(random, path));
  return made;
}

function operandFor(random: Random, path: string): Value {
  if (path === 'n') return new Int32(random.below(6));
  if (path === 'items') return random.chance(0.5) ? items(random) : { k: 'ab', n: number(random) };
  if (path === 'd') return { x: scalar(random) };
  return random.chance(0.85) ? scalar(random) : value(random);
}

/** One operator with an operand that it takes. */
export function operator(random: Random, path: string): Doc {
  const operand = () => operandFor(random, path);
  const orPattern = () => (random.chance(0.1) ? new RegExp(random.pick(PATTERNS)) : operand());
  switch (random.below(17)) {
    case 0:
      return { $eq: operand() };
    case 1:
      return { $ne: operand() };
    case 2:
      return { $gt: operand() };
    case 3:
      return { $gte: operand() };
    case 4:
      return { $lt: operand() };
    case 5:
      return { $lte: operand() };
    case 6:
      return { $gte: operand(), $lt: operand() };
    case 7:
    case 8:
      return { $in: random.list(4, orPattern) };
    case 9:
      return { $nin: random.list(3, orPattern) };
    case 10:
      return { $exists: random.chance(0.5) };
    case 11:
      return { $type: random.pick(TYPES) };
    case 12:
      return { $size: new Int32(random.below(4)) };
    case 13:
      return { $mod: [random.pick([2, 3, -2]), random.pick([0, 1, -1])].map((n) => new Int32(n)) };
    case 14:
      return { $all: random.list(2, () => (random.chance(0.2) ? elemMatch(random, path) : operand())) };
    case 15:
      return elemMatch(random, path);
    default:
      return random.chance(0.5)
        ? { $not: random.chance(0.3) ? new RegExp(random.pick(PATTERNS)) : operator(random, path) }
        : { $regex: random.pick(PATTERNS), ...(random.chance(0.4) ? { $options: 'i' } : {}) };
  }
}

function elemMatch(random: Random, path: string): Doc {
  if (path !== 'items')
    return { $elemMatch: { $gte: scalar(random), ...(random.chance(0.5) ? { $ne: word(random) } : {}) } };
  const made: Doc = { k: random.chance(0.6) ? random.pick<Value>(['ab', 'b', null]) : { $in: ['ab', 'b'] } };
  if (random.chance(0.6)) made.n = { $gt: number(random) };
  return { $elemMatch: made };
}

import { mongo } from 'mongoose';
import type { Doc, Value } from '../oracle/values.ts';
import type { Random } from '../random.ts';
import { number, scalar } from './documents.ts';
import { filter } from './filters.ts';

const { Int32 } = mongo.BSON;
const one = new Int32(1);
const SORTS = ['a', 'b', 'c', 'd.x', 'list', 'items.n', 'n'];
const SHOWN = ['a', 'b', 'd.x', 'd.y', 'items.k', 'n'];

/** A total order: the identifier comes last. */
export function sort(random: Random): Doc {
  const made: Doc = {};
  const direction = () => new Int32(random.pick([1, -1]));
  if (random.chance(0.7)) for (const path of random.some(SORTS, 2)) made[path] = direction();
  return { ...made, _id: direction() };
}

export function projection(random: Random): Doc {
  const flag = new Int32(random.below(2));
  const made: Doc = Object.fromEntries(random.some(SHOWN, 3).map((path) => [path, flag]));
  if (random.chance(0.3)) made._id = flag.value === 1 && random.chance(0.5) ? one : new Int32(0);
  if (random.chance(0.3)) made.list = { $slice: slice(random) };
  else if (random.chance(0.2)) {
    if (flag.value === 1) made.list = { $elemMatch: { $gte: scalar(random) } };
  }
  return made;
}

function slice(random: Random): Value {
  if (random.chance(0.6)) return new Int32(random.below(7) - 3);
  return [new Int32(random.below(7) - 3), new Int32(1 + random.below(3))];
}

const NAMES = ['$a', '$b', '$d.x', '$n', '$list', '$items.n', '$gone'];

/** An expression; now and then one that fails on some documents. */
export function expression(random: Random, depth = 2): Value {
  if (depth === 0 || random.chance(0.3)) return random.chance(0.7) ? random.pick(NAMES) : literal(random);
  const sub = () => expression(random, depth - 1);
  const numeric = (): Value => (random.chance(0.7) ? '$n' : number(random));
  switch (random.below(13)) {
    case 0:
      return { [random.pick(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$cmp'])]: [sub(), sub()] };
    case 1:
      return { [random.pick(['$and', '$or'])]: random.list(3, sub) };
    case 2:
      return { $not: [sub()] };
    case 3:
      return random.chance(0.5)
        ? { $cond: [sub(), sub(), sub()] }
        : { $cond: Object.fromEntries(['if', 'then', 'else'].map((name) => [name, sub()])) };
    case 4:
      return { $ifNull: [sub(), sub()] };
    case 5:
      return { [random.pick(['$add', '$multiply'])]: random.list(3, numeric, 1) };
    case 6:
      return { [random.pick(['$subtract', '$divide'])]: [numeric(), numeric()] };
    case 7:
      return {
        $concat: random.list(3, () => ({ $cond: [{ $eq: [{ $type: '$b' }, 'string'] }, '$b', 'none'] }), 1),
      };
    case 8:
      return {
        $toString: {
          $cond: [{ $in: [{ $type: '$b' }, ['string', 'int', 'bool', 'date', 'long']] }, '$b', 'none'],
        },
      };
    case 9:
      return { $cond: [{ $isArray: ['$list'] }, { [random.pick(['$size'])]: '$list' }, { $type: sub() }] };
    case 10:
      return { $arrayElemAt: [{ $ifNull: ['$list', []] }, new Int32(random.below(4) - 1)] };
    case 11:
      return random.chance(0.5)
        ? { $mergeObjects: ['$d', { x: sub() }] }
        : { $in: [sub(), { $ifNull: ['$list', []] }] };
    default:
      return {
        [random.pick(['$year', '$month', '$dayOfMonth', '$hour'])]: {
          $cond: [{ $eq: [{ $type: '$c' }, 'date'] }, '$c', random.chance(0.9) ? null : '$n'],
        },
      };
  }
}

function literal(random: Random): Value {
  const value = scalar(random);
  return random.chance(0.5) ? { $literal: value } : typeof value === 'string' ? { $literal: value } : value;
}

/** Stages whose result is in an order that follows from the sort. */
export function pipeline(random: Random): Doc[] {
  const stages: Doc[] = [];
  if (random.chance(0.7)) stages.push({ $match: filter(random, 1) });
  stages.push({ $sort: sort(random) });
  if (random.chance(0.3)) stages.push({ $skip: new Int32(random.below(4)) });
  if (random.chance(0.3)) stages.push({ $limit: new Int32(1 + random.below(8)) });
  for (let count = random.below(3); count > 0; count--) stages.push(middle(random));
  if (random.chance(0.4)) stages.push(group(random), { $sort: { _id: one } });
  else if (random.chance(0.1)) stages.push({ $count: 'total' });
  return stages;
}

function middle(random: Random): Doc {
  switch (random.below(5)) {
    case 0:
      return { $project: { ...(random.chance(0.5) ? { a: one, 'd.x': one } : {}), made: computed(random) } };
    case 1:
      return {
        [random.pick(['$set', '$addFields'])]: { made: expression(random), n: expression(random, 1) },
      };
    case 2:
      return { $unset: random.chance(0.5) ? 'a' : ['b', 'd.x', 'items.k'] };
    case 3:
      return {
        $unwind: random.chance(0.5)
          ? random.pick(['$list', '$items'])
          : { path: '$list', preserveNullAndEmptyArrays: random.chance(0.7) },
      };
    default:
      return { $match: filter(random, 0) };
  }
}

/** A projection reads a bare number or flag as one of its own. */
const computed = (random: Random): Value => ({ $ifNull: [expression(random), null] });

function group(random: Random): Doc {
  const id = random.pick<Value>([null, '$n', '$b', '$d.x', { n: '$n', c: '$c' }, { $type: '$a' }]);
  const made: Doc = { _id: id };
  for (const name of random.some(
    ['$sum', '$avg', '$min', '$max', '$first', '$last', '$push', '$addToSet', '$count'],
    4,
  ))
    made[name.slice(1)] = {
      [name]: name === '$count' ? {} : name === '$sum' && random.chance(0.4) ? one : expression(random, 1),
    };
  return { $group: made };
}

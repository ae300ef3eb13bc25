import { mongo } from 'mongoose';
import type { Doc, Value } from '../oracle/values.ts';
import type { Random } from '../random.ts';
import { document, items, number, scalar, value } from './documents.ts';

const { Int32 } = mongo.BSON;

/** An update of one document, with what it needs of the filter that finds it. */
export interface Change {
  filter: Doc;
  update: Doc;
  arrayFilters: Doc[];
}

const ANY = ['a', 'b', 'c', 'd.x', 'd.y', 'new', 'd.z.q', 'list.1', 'list.5', 'items.0.n', 'items.1', 'a.b'];
const LISTS = ['list', 'list', 'items', 'a', 'fresh'];
const NUMBERS = ['n', 'n', 'a', 'd.x', 'items.0.n', 'new'];

/** One to three operators on paths that may be the same, so that conflicts happen too. */
export function change(random: Random, ids: number): Change {
  const filter: Doc = { _id: new Int32(random.below(ids)) };
  if (random.chance(0.05)) return { filter, update: replacement(random), arrayFilters: [] };
  const update: Doc = {};
  const arrayFilters: Doc[] = [];
  for (let count = 1 + random.below(3); count > 0; count--) {
    const [operator, fields] = operation(random);
    update[operator] = { ...(update[operator] as Doc | undefined), ...fields };
  }
  if (random.chance(0.15)) positional(random, { filter, update, arrayFilters });
  return { filter, update, arrayFilters };
}

export function replacement(random: Random): Doc {
  const { _id, ...fields } = document(random, 0);
  return fields;
}

function operation(random: Random): [operator: string, fields: Doc] {
  const at = (paths: readonly string[], make: () => Value): Doc => ({ [random.pick(paths)]: make() });
  switch (random.below(14)) {
    case 0:
    case 1:
      return ['$set', at(ANY, () => value(random))];
    case 2:
      return ['$unset', at(ANY, () => '')];
    case 3:
      return ['$inc', at(NUMBERS, () => number(random))];
    case 4:
      return ['$mul', at(NUMBERS, () => number(random))];
    case 5:
      return ['$min', at(ANY, () => scalar(random))];
    case 6:
      return ['$max', at(ANY, () => scalar(random))];
    case 7:
      return ['$rename', at(['a', 'd.x', 'list', 'gone'], () => random.pick(['c', 'moved', 'd.m']))];
    case 8:
    case 9:
      return ['$push', push(random)];
    case 10:
      return [
        '$addToSet',
        at(LISTS, () =>
          random.chance(0.4) ? { $each: random.list(3, () => scalar(random)) } : scalar(random),
        ),
      ];
    case 11:
      return ['$pull', pull(random)];
    case 12:
      return ['$pullAll', at(LISTS, () => random.list(3, () => scalar(random)))];
    default:
      return ['$pop', at(LISTS, () => new Int32(random.pick([1, -1])))];
  }
}

function push(random: Random): Doc {
  const path = random.pick(LISTS);
  const one = (): Value => (path === 'items' ? (items(random)[0] ?? {}) : scalar(random));
  if (random.chance(0.4)) return { [path]: one() };
  const modifiers: Doc = { $each: random.list(3, one) };
  if (random.chance(0.4)) modifiers.$position = new Int32(random.below(3));
  if (random.chance(0.4)) modifiers.$slice = new Int32(random.below(7) - 3);
  if (random.chance(0.4))
    modifiers.$sort =
      path === 'items' ? { n: new Int32(random.pick([1, -1])) } : new Int32(random.pick([1, -1]));
  return { [path]: modifiers };
}

function pull(random: Random): Doc {
  if (random.chance(0.3))
    return { items: random.chance(0.5) ? { k: 'ab' } : { n: { $gte: number(random) } } };
  return { [random.pick(LISTS)]: random.chance(0.5) ? scalar(random) : { $gte: scalar(random) } };
}

function positional(random: Random, { filter, update, arrayFilters }: Change): void {
  const set = (path: string) => {
    update.$set = { ...(update.$set as Doc | undefined), [path]: scalar(random) };
  };
  const how = random.below(4);
  if (how === 0) {
    filter['items.k'] = 'ab';
    set('items.$.n');
  } else if (how === 1) {
    filter.list = scalar(random);
    set('list.$');
  } else if (how === 2) set(random.pick(['items.$[].n', 'list.$[]']));
  else {
    arrayFilters.push(random.chance(0.5) ? { 'e.k': 'ab' } : { 'e.n': { $gte: number(random) } });
    set('items.$[e].n');
  }
}

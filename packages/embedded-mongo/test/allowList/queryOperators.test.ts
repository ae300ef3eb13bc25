import { expect } from 'chai';
import { mongo } from 'mongoose';
import { joining } from '../../src/query/filter.ts';
import { queryOperators } from '../../src/query/operators.ts';
import { useStore } from '../support/store.ts';
import { eachNamed } from './complete.ts';

const { Long, Double } = mongo.BSON;

/** Values of one field, `missing` for a document without it; filters on it with the places of those that match. */
interface Case {
  values: unknown[];
  matches: [filter: mongo.Document, places: number[]][];
}

const missing = Symbol('no such field');
const big = Long.fromBigInt(2n ** 53n + 1n);

const cases: Record<string, Case> = {
  $eq: {
    values: [
      1,
      new Double(1),
      Long.fromNumber(1),
      '1',
      [1, 2],
      [[1]],
      null,
      missing,
      { x: 1, y: 2 },
      { y: 2, x: 1 },
    ],
    matches: [
      [{ a: { $eq: 1 } }, [0, 1, 2, 4]],
      [{ a: { $eq: [1] } }, [5]],
      [{ a: { $eq: null } }, [6, 7]],
      [{ a: { $eq: { x: 1, y: 2 } } }, [8]],
    ],
  },
  $ne: {
    values: [1, 2, [1, 2], missing, null],
    matches: [
      [{ a: { $ne: 1 } }, [1, 3, 4]],
      [{ a: { $ne: null } }, [0, 1, 2]],
    ],
  },
  $gt: {
    values: [1, 2.5, '3', [0, 9], null, big, Number.NaN],
    matches: [
      [{ a: { $gt: 1 } }, [1, 3, 5]],
      [{ a: { $gt: new Double(2 ** 53) } }, [5]],
      [{ a: { $gt: null } }, []],
    ],
  },
  $gte: {
    values: [1, 2, big, new Double(2 ** 53), null, missing, Number.NaN],
    matches: [
      [{ a: { $gte: 2 } }, [1, 2, 3]],
      [{ a: { $gte: big } }, [2]],
      [{ a: { $gte: null } }, [4, 5]],
      [{ a: { $gte: Number.NaN } }, [6]],
    ],
  },
  $lt: {
    values: [1, 2, '1', new Date(5), [3, 0], missing],
    matches: [
      [{ a: { $lt: 2 } }, [0, 4]],
      [{ a: { $lt: new Date(6) } }, [3]],
    ],
  },
  $lte: {
    values: [1, 2, [1], [2], [1, 5], null],
    matches: [
      [{ a: { $lte: 1 } }, [0, 2, 4]],
      [{ a: { $lte: [1] } }, [2]],
    ],
  },
  $in: {
    values: [1, 'ab', 'cd', [7, 'x'], null, missing],
    matches: [
      [{ a: { $in: [7, /^a/] } }, [1, 3]],
      [{ a: { $in: [null] } }, [4, 5]],
      [{ a: { $in: [] } }, []],
    ],
  },
  $nin: {
    values: [1, 'ab', [7, 'x'], null, missing],
    matches: [
      [{ a: { $nin: [7, /^a/] } }, [0, 3, 4]],
      [{ a: { $nin: [null] } }, [0, 1, 2]],
    ],
  },
  $exists: {
    values: [1, null, missing, []],
    matches: [
      [{ a: { $exists: true } }, [0, 1, 3]],
      [{ a: { $exists: false } }, [2]],
    ],
  },
  $type: {
    values: [1, new Double(1), big, 'x', [1], [], null, missing],
    matches: [
      [{ a: { $type: 'int' } }, [0, 4]],
      [{ a: { $type: 'double' } }, [1]],
      [{ a: { $type: ['long', 'string'] } }, [2, 3]],
      [{ a: { $type: 'array' } }, [4, 5]],
      [{ a: { $type: 10 } }, [6]],
    ],
  },
  $size: {
    values: [[1, 2], [], 2, missing, [{ b: [1, 2] }]],
    matches: [
      [{ a: { $size: 2 } }, [0]],
      [{ a: { $size: 0 } }, [1]],
      [{ 'a.b': { $size: 2 } }, [4]],
    ],
  },
  $mod: {
    values: [7, '7', 7.9, -1, Number.NaN, [4, 3], Long.fromNumber(3)],
    matches: [
      [{ a: { $mod: [4, 3] } }, [0, 2, 5, 6]],
      [{ a: { $mod: [4, -1] } }, [3]],
    ],
  },
  $all: {
    values: [
      [1, 2, 3],
      1,
      [1],
      [[1, 2]],
      [
        { k: 1, n: 5 },
        { k: 2, n: 6 },
      ],
    ],
    matches: [
      [{ a: { $all: [1] } }, [0, 1, 2]],
      [{ a: { $all: [1, 2] } }, [0]],
      [{ a: { $all: [[1, 2]] } }, [3]],
      [{ a: { $all: [{ $elemMatch: { k: 1, n: 5 } }, { $elemMatch: { k: 2 } }] } }, [4]],
      [{ a: { $all: [] } }, []],
    ],
  },
  $elemMatch: {
    values: [
      [1, 9],
      [5],
      5,
      [
        { k: 1, n: 9 },
        { k: 2, n: 1 },
      ],
      [{ k: 1, n: 1 }],
    ],
    matches: [
      [{ a: { $elemMatch: { $gt: 2, $lt: 8 } } }, [1]],
      [{ a: { $elemMatch: { k: 1, n: { $gt: 5 } } } }, [3]],
      [{ a: { $elemMatch: { $or: [{ n: 9 }, { k: 7 }] } } }, [3]],
    ],
  },
  $not: {
    values: [1, 5, 'ab', missing, [1, 5]],
    matches: [
      [{ a: { $not: { $gt: 2 } } }, [0, 2, 3]],
      [{ a: { $not: /^a/ } }, [0, 1, 3, 4]],
    ],
  },
  $regex: {
    values: ['abc', 'ABC', 'x\nabc', 5, ['no', 'ab'], 'باب المدينة'],
    matches: [
      [{ a: { $regex: '^ab' } }, [0, 4]],
      [{ a: { $regex: '^ab', $options: 'i' } }, [0, 1, 4]],
      [{ a: { $regex: '^ab', $options: 'm' } }, [0, 2, 4]],
      [{ a: { $regex: 'x.a', $options: 's' } }, [2]],
      [{ a: /^باب/ }, [5]],
    ],
  },
};

const joins: Record<string, Case> = {
  $and: { values: [1, 2, 3], matches: [[{ $and: [{ a: { $gt: 1 } }, { a: { $lt: 3 } }] }, [1]]] },
  $or: { values: [1, 2, 3], matches: [[{ $or: [{ a: 1 }, { a: { $gt: 2 } }] }, [0, 2]]] },
  $nor: { values: [1, 2, missing], matches: [[{ $nor: [{ a: 1 }, { a: 7 }] }, [1, 2]]] },
};

describe('query operators', () => {
  const store = useStore();

  async function check({ values, matches }: Case): Promise<void> {
    const plain = store.fresh();
    const indexed = store.fresh();
    await indexed.createIndex({ a: 1, i: 1 });
    const documents = values.map((a, i) => (a === missing ? { i } : { i, a }));
    for (const collection of [plain, indexed]) {
      await collection.insertMany(documents.map((one) => ({ ...one })));
      for (const [filter, places] of matches) {
        const found = await collection.find(filter).sort({ i: 1 }).toArray();
        expect(
          found.map(({ i }) => i),
          mongo.BSON.EJSON.stringify(filter),
        ).to.deep.equal(places);
      }
    }
  }

  eachNamed('on a path', Object.keys(queryOperators), cases, check);
  eachNamed('that join conditions', joining, joins, check);
});

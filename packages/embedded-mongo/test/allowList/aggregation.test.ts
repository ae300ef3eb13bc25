import { expect } from 'chai';
import { mongo } from 'mongoose';
import { accumulators } from '../../src/aggregate/accumulators.ts';
import { operators } from '../../src/aggregate/expressionOperators.ts';
import { stages } from '../../src/aggregate/stages.ts';
import { codeOf, useStore } from '../support/store.ts';
import { eachNamed } from './complete.ts';

const { Double, Long } = mongo.BSON;
type Rows = mongo.Document[];

interface StageCase {
  rows: Rows;
  gives: [stage: mongo.Document, rows: Rows][];
  refused: [stage: mongo.Document, code: number][];
}

const SOME: Rows = [
  { _id: 1, n: 2, l: ['a', 'b'] },
  { _id: 2, n: 1, l: [] },
  { _id: 3, n: 2 },
];

const stageCases: Record<string, StageCase> = {
  $match: {
    rows: SOME,
    gives: [[{ $match: { n: 1 } }, [SOME[1] as mongo.Document]]],
    refused: [[{ $match: { $expr: {} } }, 2]],
  },
  $group: {
    rows: SOME,
    gives: [
      [
        { $group: { _id: { n: '$n' }, ids: { $push: '$_id' } } },
        [
          { _id: { n: 2 }, ids: [1, 3] },
          { _id: { n: 1 }, ids: [2] },
        ],
      ],
    ],
    refused: [
      [{ $group: { n: 1 } }, 15955],
      [{ $group: { _id: null, n: 1 } }, 40234],
    ],
  },
  $sort: {
    rows: SOME,
    gives: [[{ $sort: { n: 1, _id: -1 } }, [SOME[1], SOME[2], SOME[0]] as Rows]],
    refused: [[{ $sort: {} }, 15976]],
  },
  $skip: { rows: SOME, gives: [[{ $skip: 2 }, SOME.slice(2)]], refused: [[{ $skip: -1 }, 15956]] },
  $limit: { rows: SOME, gives: [[{ $limit: 2 }, SOME.slice(0, 2)]], refused: [[{ $limit: 0 }, 15958]] },
  $project: {
    rows: [{ _id: 1, a: { b: 1, c: 2 }, l: [{ x: 1, y: 2 }] }],
    gives: [
      [{ $project: { 'a.b': 1 } }, [{ _id: 1, a: { b: 1 } }]],
      [{ $project: { 'a.b': 0, _id: 0 } }, [{ a: { c: 2 }, l: [{ x: 1, y: 2 }] }]],
      [{ $project: { _id: 0, sum: { $add: ['$a.b', '$a.c'] }, xs: '$l.x' } }, [{ sum: 3, xs: [1] }]],
    ],
    refused: [[{ $project: { a: 1, b: 0 } }, 31254]],
  },
  $set: {
    rows: [{ _id: 1, a: 1 }],
    gives: [[{ $set: { a: { $add: ['$a', 1] }, b: '$a' } }, [{ _id: 1, a: 2, b: 1 }]]],
    refused: [[{ $set: { a: { $nope: 1 } } }, 168]],
  },
  $addFields: {
    rows: [{ _id: 1, d: { x: 1 } }],
    gives: [[{ $addFields: { 'd.y': 2 } }, [{ _id: 1, d: { x: 1, y: 2 } }]]],
    refused: [[{ $addFields: { a: { $nope: 1 } } }, 168]],
  },
  $unset: {
    rows: [{ _id: 1, a: 1, d: { x: 1, y: 2 } }],
    gives: [
      [{ $unset: 'a' }, [{ _id: 1, d: { x: 1, y: 2 } }]],
      [{ $unset: ['a', 'd.x'] }, [{ _id: 1, d: { y: 2 } }]],
    ],
    refused: [[{ $unset: [] }, 31119]],
  },
  $unwind: {
    rows: SOME,
    gives: [
      [
        { $unwind: '$l' },
        [
          { ...SOME[0], l: 'a' },
          { ...SOME[0], l: 'b' },
        ],
      ],
      [
        { $unwind: { path: '$l', preserveNullAndEmptyArrays: true } },
        [{ ...SOME[0], l: 'a' }, { ...SOME[0], l: 'b' }, { _id: 2, n: 1 }, SOME[2] as mongo.Document],
      ],
    ],
    refused: [[{ $unwind: 'l' }, 28818]],
  },
  $count: { rows: SOME, gives: [[{ $count: 'n' }, [{ n: 3 }]]], refused: [[{ $count: '$n' }, 40156]] },
};

/** A value of each of several documents, and what the accumulator makes of them. */
const accumulatorCases: Record<string, [values: unknown[], result: unknown][]> = {
  $sum: [
    [[1, 'x', null, 2], 3],
    [[1, new Double(1.5)], new Double(2.5)],
    [[new Long(2 ** 31 - 1), 2 ** 31 - 1], Long.fromNumber(2 ** 32 - 2)],
    [[], 0],
  ],
  $avg: [
    [[1, 2, 'x'], new Double(1.5)],
    [['x'], null],
  ],
  $min: [[[3, null, 'x', 1], 1]],
  $max: [[[3, null, 'x', 1], 'x']],
  $first: [
    [[null, 2], null],
    [[5, 2], 5],
  ],
  $last: [[[null, 2], 2]],
  $push: [
    [
      [1, null, 1],
      [1, null, 1],
    ],
  ],
  $addToSet: [[[1, 1, 1], [1]]],
  $count: [[['a', null, 1], 3]],
};

/** Documents and the value that an expression has on them, or the code it is refused with. */
const expressionCases: Record<string, [expression: unknown, value: unknown, on?: mongo.Document][]> = {
  $literal: [[{ $literal: '$a' }, '$a']],
  $eq: [
    [{ $eq: ['$a', new Double(1)] }, true, { a: 1 }],
    [{ $eq: ['$gone', null] }, false],
  ],
  $ne: [[{ $ne: ['$a', 1] }, false, { a: 1 }]],
  $gt: [
    [{ $gt: ['x', 5] }, true],
    [{ $gt: [null, '$gone'] }, true],
  ],
  $gte: [[{ $gte: [2, 2] }, true]],
  $lt: [[{ $lt: [new Date(1), new Date(2)] }, true]],
  $lte: [
    [
      {
        $lte: [
          [1, 2],
          [1, 3],
        ],
      },
      true,
    ],
  ],
  $cmp: [
    [{ $cmp: [1, 2] }, -1],
    [{ $cmp: ['a', 'a'] }, 0],
  ],
  $and: [
    [{ $and: [true, 1, 'x'] }, true],
    [{ $and: [] }, true],
    [{ $and: [0] }, false],
  ],
  $or: [
    [{ $or: [null, 0, '$gone'] }, false],
    [{ $or: [[]] }, true],
  ],
  $not: [
    [{ $not: [null] }, true],
    [{ $not: ['x'] }, false],
  ],
  $cond: [
    [{ $cond: [{ $gt: ['$a', 1] }, 'more', 'less'] }, 'more', { a: 2 }],
    [
      {
        $cond: Object.fromEntries([
          ['if', '$gone'],
          ['then', 1],
          ['else', 2],
        ]),
      },
      2,
    ],
  ],
  $ifNull: [
    [{ $ifNull: ['$gone', null, 3] }, 3],
    [{ $ifNull: [1, { $divide: [1, 0] }] }, 1],
  ],
  $add: [
    [{ $add: [1, 2, 3] }, 6],
    [{ $add: [1, null] }, null],
    [{ $add: [1, 'x'] }, 14],
    [{ $add: [null, { $divide: [1, 0] }] }, null],
    [{ $add: ['x', null] }, 14],
  ],
  $subtract: [
    [{ $subtract: [5, 7] }, -2],
    [{ $subtract: [new Date(9), new Date(4)] }, Long.fromNumber(5)],
    [{ $subtract: [new Date(9), 4] }, new Date(5)],
  ],
  $multiply: [
    [{ $multiply: [2, 3] }, 6],
    [{ $multiply: [] }, 1],
  ],
  $divide: [
    [{ $divide: [6, 4] }, new Double(1.5)],
    [{ $divide: [1, 0] }, 2],
  ],
  $concat: [
    [{ $concat: ['a', 'ب'] }, 'aب'],
    [{ $concat: ['a', null] }, null],
    [{ $concat: [1] }, 16702],
    [{ $concat: [null, 1] }, null],
    [{ $concat: [1, null] }, 16702],
  ],
  $toString: [
    [{ $toString: 5 }, '5'],
    [{ $toString: new Date(0) }, '1970-01-01T00:00:00.000Z'],
    [{ $toString: [[1]] }, 241],
  ],
  $size: [
    [{ $size: '$l' }, 2, { l: [1, 2] }],
    [{ $size: 'x' }, 17124],
  ],
  $in: [
    [{ $in: [2, '$l'] }, true, { l: [1, 2] }],
    [{ $in: [2, 'x'] }, 40081],
  ],
  $isArray: [
    [{ $isArray: '$l' }, true, { l: [] }],
    [{ $isArray: 'x' }, false],
  ],
  $arrayElemAt: [
    [{ $arrayElemAt: ['$l', -1] }, 2, { l: [1, 2] }],
    [{ $ifNull: [{ $arrayElemAt: ['$l', 9] }, 'none'] }, 'none', { l: [1] }],
    [{ $arrayElemAt: ['x', 0] }, 28689],
  ],
  $type: [
    [{ $type: '$gone' }, 'missing'],
    [{ $type: '$a' }, 'double', { a: new Double(2) }],
  ],
  $mergeObjects: [
    [{ $mergeObjects: ['$d', null, { x: 2 }] }, { x: 2, y: 1 }, { d: { x: 1, y: 1 } }],
    [{ $mergeObjects: 5 }, 40400],
  ],
  $year: [
    [{ $year: '$t' }, 2026, { t: new Date('2026-12-31T23:30:00Z') }],
    [{ $year: null }, null],
  ],
  $month: [[{ $month: '$t' }, 12, { t: new Date('2026-12-31T23:30:00Z') }]],
  $dayOfMonth: [[{ $dayOfMonth: '$t' }, 31, { t: new Date('2026-12-31T23:30:00Z') }]],
  $hour: [
    [{ $hour: '$t' }, 23, { t: new Date('2026-12-31T23:30:00Z') }],
    [{ $hour: 5 }, 16006],
  ],
};

describe('aggregation', () => {
  const store = useStore();
  const typed = { promoteValues: false } as const;
  const text = (value: unknown) => mongo.BSON.EJSON.stringify(value, { relaxed: false });

  eachNamed('stages', Object.keys(stages), stageCases, async ({ rows, gives, refused }) => {
    const collection = store.fresh();
    await collection.insertMany(rows);
    // A stage alone may become part of the search; after another one it is what its own code does.
    for (const before of [[], [{ $addFields: {} }]] as Rows[]) {
      for (const [stage, expected] of gives)
        expect(await collection.aggregate([...before, stage]).toArray(), text(stage)).to.deep.equal(expected);
      for (const [stage, code] of refused)
        expect(await codeOf(collection.aggregate([...before, stage]).toArray()), text(stage)).to.equal(code);
    }
  });

  eachNamed('accumulators', accumulators, accumulatorCases, async (cases, name) => {
    for (const [values, result] of cases) {
      const collection = store.fresh();
      await collection.insertMany([{ start: true }, ...values.map((v) => ({ v }))]);
      const operand = name === '$count' ? {} : '$v';
      const group = { $group: { _id: null, made: { [name]: operand } } };
      const [made] = await collection
        .aggregate([{ $match: values.length > 0 ? { start: { $exists: false } } : {} }, group], typed)
        .toArray();
      expect(text(made?.made), text(values)).to.equal(text(result));
    }
  });

  eachNamed('expressions', [...Object.keys(operators), '$literal'], expressionCases, async (cases) => {
    for (const [expression, value, on = {}] of cases) {
      const collection = store.fresh();
      await collection.insertOne({ ...on });
      const asked = collection.aggregate([{ $addFields: { made: expression } }], typed).toArray();
      const outcome = await asked.then(
        ([row]) => text(row?.made),
        (error: mongo.MongoServerError) => `refused: ${error.code}`,
      );
      const isCode = outcome.startsWith('refused');
      expect(outcome, text(expression)).to.equal(isCode ? `refused: ${value}` : text(value));
    }
  });
});

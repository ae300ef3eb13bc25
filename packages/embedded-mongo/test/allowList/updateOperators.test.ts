import { expect } from 'chai';
import { mongo } from 'mongoose';
import { updateOperators } from '../../src/update/update.ts';
import { codeOf, useStore } from '../support/store.ts';
import { eachNamed } from './complete.ts';

const { Int32, Long, Double } = mongo.BSON;

interface Case {
  /** A document, an update of it, and what it is then, with the types of its numbers. */
  becomes: [before: mongo.Document, update: mongo.Document, after: mongo.Document][];
  /** Updates that are refused, with the code. */
  refused?: [before: mongo.Document, update: mongo.Document, code: number][];
}

const cases: Record<string, Case> = {
  $set: {
    becomes: [
      [{ a: 1 }, { $set: { a: 'x', 'd.e': 1 } }, { a: 'x', d: { e: 1 } }],
      [{ l: [1] }, { $set: { 'l.3': 9 } }, { l: [1, null, null, 9] }],
      [{ a: 1 }, { $set: { _id: 1, b: 2 } }, { a: 1, b: 2 }],
    ],
    refused: [
      [{ a: 1 }, { $set: { 'a.b': 1 } }, 28],
      [{ a: 1 }, { $set: { a: 1, 'a.b': 2 } }, 40],
      [{ a: 1 }, { $set: { _id: 2 } }, 66],
    ],
  },
  $setOnInsert: { becomes: [[{ a: 1 }, { $setOnInsert: { a: 5 } }, { a: 1 }]] },
  $unset: {
    becomes: [
      [{ a: 1, d: { x: 1, y: 2 } }, { $unset: { a: '', 'd.x': '', gone: '' } }, { d: { y: 2 } }],
      [{ l: [1, 2, 3] }, { $unset: { 'l.1': '' } }, { l: [1, null, 3] }],
    ],
  },
  $inc: {
    becomes: [
      [{ a: 1 }, { $inc: { a: 2, b: 3 } }, { a: 3, b: 3 }],
      [{ a: new Int32(2 ** 31 - 1) }, { $inc: { a: 1 } }, { a: Long.fromNumber(2 ** 31) }],
      [{ a: Long.fromBigInt(2n ** 53n + 1n) }, { $inc: { a: 1 } }, { a: Long.fromBigInt(2n ** 53n + 2n) }],
      [{ a: new Double(2) }, { $inc: { a: 1 } }, { a: new Double(3) }],
    ],
    refused: [
      [{ a: 'x' }, { $inc: { a: 1 } }, 14],
      [{ a: null }, { $inc: { a: 1 } }, 14],
      [{ a: 1 }, { $inc: { a: 'x' } }, 14],
      [{ a: Long.MAX_VALUE }, { $inc: { a: 1 } }, 2],
    ],
  },
  $mul: {
    becomes: [
      [{ a: 3 }, { $mul: { a: 2, b: 5 } }, { a: 6, b: 0 }],
      [{ a: 3 }, { $mul: { a: new Double(1.5) } }, { a: new Double(4.5) }],
    ],
    refused: [[{ a: 'x' }, { $mul: { a: 2 } }, 14]],
  },
  $min: {
    becomes: [
      [{ a: 5, b: 'x' }, { $min: { a: 3, b: 1, c: 7 } }, { a: 3, b: 1, c: 7 }],
      [{ a: 5 }, { $min: { a: null } }, { a: null }],
    ],
  },
  $max: { becomes: [[{ a: 5, b: 1 }, { $max: { a: 3, b: 'x', c: 7 } }, { a: 5, b: 'x', c: 7 }]] },
  $currentDate: {
    becomes: [],
    refused: [[{ a: 1 }, { $currentDate: { a: 'now' } }, 2]],
  },
  $rename: {
    becomes: [
      [{ a: 1, b: 2 }, { $rename: { a: 'd.x', gone: 'y' } }, { b: 2, d: { x: 1 } }],
      [{ a: 1, b: 2 }, { $rename: { a: 'b' } }, { b: 1 }],
    ],
    refused: [[{ l: [{ x: 1 }] }, { $rename: { 'l.0.x': 'y' } }, 2]],
  },
  $push: {
    becomes: [
      [{ l: [1] }, { $push: { l: [2], fresh: 1 } }, { l: [1, [2]], fresh: [1] }],
      [{ l: [3, 1] }, { $push: { l: { $each: [2], $sort: -1, $slice: 2 } } }, { l: [3, 2] }],
      [{ l: [1, 4] }, { $push: { l: { $each: [2, 3], $position: 1 } } }, { l: [1, 2, 3, 4] }],
      [
        { l: [{ n: 2 }] },
        { $push: { l: { $each: [{ n: 1 }, { n: 3 }], $sort: { n: 1 }, $slice: -2 } } },
        { l: [{ n: 2 }, { n: 3 }] },
      ],
    ],
    refused: [
      [{ l: 'x' }, { $push: { l: 1 } }, 2],
      [{ l: [] }, { $push: { l: { $each: 1 } } }, 2],
    ],
  },
  $addToSet: {
    becomes: [
      [{ l: [1, { x: 1 }] }, { $addToSet: { l: new Double(1) } }, { l: [1, { x: 1 }] }],
      [{ l: [1] }, { $addToSet: { l: { $each: [1, 2, 2] } } }, { l: [1, 2] }],
    ],
    refused: [[{ l: 'x' }, { $addToSet: { l: 1 } }, 2]],
  },
  $pull: {
    becomes: [
      [{ l: [1, 2, 3] }, { $pull: { l: { $gte: 2 } } }, { l: [1] }],
      [{ l: [{ k: 1, n: 2 }, { k: 2 }] }, { $pull: { l: { k: 1 } } }, { l: [{ k: 2 }] }],
      [{ l: ['ab', 'cd'] }, { $pull: { l: /^a/ } }, { l: ['cd'] }],
      [{ l: [1] }, { $pull: { gone: 1 } }, { l: [1] }],
    ],
    refused: [[{ l: 'x' }, { $pull: { l: 1 } }, 2]],
  },
  $pullAll: {
    becomes: [[{ l: [1, 2, 1, 3] }, { $pullAll: { l: [1, 3] } }, { l: [2] }]],
    refused: [[{ l: 'x' }, { $pullAll: { l: [1] } }, 2]],
  },
  $pop: {
    becomes: [
      [{ l: [1, 2, 3], m: [1, 2] }, { $pop: { l: 1, m: -1, gone: 1 } }, { l: [1, 2], m: [2] }],
      [{ l: [] }, { $pop: { l: 1 } }, { l: [] }],
    ],
    refused: [
      [{ l: 'x' }, { $pop: { l: 1 } }, 14],
      [{ l: [] }, { $pop: { l: 2 } }, 9],
    ],
  },
};

describe('update operators', () => {
  const store = useStore();
  const typed = { promoteValues: false } as const;
  const shown = (document: unknown) => mongo.BSON.EJSON.stringify(document, { relaxed: false });

  eachNamed('allowed', updateOperators, cases, async ({ becomes, refused = [] }) => {
    const collection = store.fresh();
    const fill = async (before: mongo.Document) => {
      await collection.deleteMany({});
      await collection.insertOne({ ...before, _id: 1 as never });
    };
    for (const [before, update, after] of becomes) {
      await fill(before);
      await collection.updateOne({}, update);
      const { _id, ...fields } = (await collection.findOne({}, typed)) ?? {};
      expect(shown(fields), shown(update)).to.equal(shown(after));
    }
    for (const [before, update, code] of refused) {
      await fill(before);
      expect(await codeOf(collection.updateOne({}, update)), shown(update)).to.equal(code);
      const { _id, ...fields } = (await collection.findOne({}, typed)) ?? {};
      expect(shown(fields), 'unchanged').to.equal(shown(before));
    }
  });

  it('$setOnInsert sets on a document that an upsert makes', async () => {
    const collection = store.fresh();
    await collection.updateOne({ k: 1 }, { $setOnInsert: { a: 5 } }, { upsert: true });
    expect(await collection.findOne({}, { projection: { _id: 0 } })).to.deep.equal({ k: 1, a: 5 });
  });

  it('$currentDate sets the time as a date or a timestamp', async () => {
    const collection = store.fresh();
    const before = Date.now();
    await collection.insertOne({ k: 1 });
    const fields: mongo.Document = { a: true, b: { $type: 'timestamp' }, c: { $type: 'date' } };
    await collection.updateOne({}, { $currentDate: fields });
    const found = await collection.findOne();
    expect(found?.a).to.be.instanceOf(Date);
    expect(found?.a.getTime()).to.be.within(before, Date.now());
    expect(found?.b).to.be.instanceOf(mongo.BSON.Timestamp);
    expect(found?.c).to.be.instanceOf(Date);
  });

  it('replaces `$`, `$[]` and `$[name]` by the positions they stand for', async () => {
    const collection = store.fresh();
    await collection.insertOne({ l: [1, 5, 9], items: [{ k: 1 }, { k: 2 }] });
    await collection.updateOne({ l: 5 }, { $set: { 'l.$': 'five' } });
    await collection.updateOne({}, { $set: { 'items.$[].seen': true } });
    await collection.updateOne({}, { $set: { 'items.$[e].n': 7 } }, { arrayFilters: [{ 'e.k': 2 }] });
    expect(await collection.findOne({}, { projection: { _id: 0 } })).to.deep.equal({
      l: [1, 'five', 9],
      items: [
        { k: 1, seen: true },
        { k: 2, seen: true, n: 7 },
      ],
    });
  });
});

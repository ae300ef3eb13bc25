import { expect } from 'chai';
import { mongo } from 'mongoose';
import { commands } from '../../src/commands/registry.ts';
import { codeOf, useStore } from '../support/store.ts';
import { eachNamed } from './complete.ts';

interface Case {
  /** The command on the collection `c`, which holds `{_id: 1, a: 1}`, `{_id: 2, a: 2}` and `{_id: 3, a: 3, l: [1, 5]}`. */
  run: mongo.Document;
  /** Part of the reply, or of what the collection holds afterwards under `_id: {a}`. */
  reply?: mongo.Document;
  after?: Record<string, unknown>;
  database?: string;
}

const first = (value: unknown) => ({ value });
const found = (...ids: number[]) => ({ ids });
const op = (operation: mongo.Document, more: mongo.Document = {}) => ({
  run: { bulkWrite: 1, ops: [operation], nsInfo: [{ ns: 'fields.c' }], ...more },
  database: 'admin',
});

/** One case for each field of each command, under `command.field`; a command without fields has one under its own name. */
const cases: Record<string, Case> = {
  'insert.documents': {
    run: { insert: 'c', documents: [{ _id: 9, a: 9 }] },
    reply: { n: 1 },
    after: { 9: 9 },
  },
  'insert.ordered': {
    run: { insert: 'c', documents: [{ _id: 1 }, { _id: 9, a: 9 }], ordered: false },
    reply: { n: 1 },
    after: { 9: 9 },
  },
  'insert.bypassDocumentValidation': {
    run: { insert: 'c', documents: [{ _id: 9, a: 9 }], bypassDocumentValidation: true },
    after: { 9: 9 },
  },
  'update.updates': {
    run: { update: 'c', updates: [{ q: { a: { $gt: 1 } }, u: { $set: { a: 7 } }, multi: true }] },
    reply: { n: 2, nModified: 2 },
    after: { 2: 7, 3: 7 },
  },
  'update.ordered': {
    run: {
      update: 'c',
      updates: [
        { q: {}, u: { $inc: { l: 1 } }, sort: { a: -1 } },
        { q: { _id: 2 }, u: { $set: { a: 7 } } },
      ],
      ordered: false,
    },
    after: { 2: 7 },
  },
  'update.bypassDocumentValidation': {
    run: { update: 'c', updates: [{ q: { a: 1 }, u: { $set: { a: 7 } } }], bypassDocumentValidation: true },
    after: { 1: 7 },
  },
  'delete.deletes': {
    run: { delete: 'c', deletes: [{ q: { a: 1 }, limit: 1 }] },
    reply: { n: 1 },
    after: { 1: undefined },
  },
  'delete.ordered': { run: { delete: 'c', deletes: [{ q: {}, limit: 0 }], ordered: true }, reply: { n: 3 } },
  'delete.bypassDocumentValidation': {
    run: { delete: 'c', deletes: [{ q: { a: 1 }, limit: 1 }], bypassDocumentValidation: true },
    reply: { n: 1 },
  },
  'findAndModify.query': {
    run: { findAndModify: 'c', query: { a: 2 }, update: { $set: { a: 7 } } },
    reply: first({ _id: 2, a: 2 }),
    after: { 2: 7 },
  },
  'findAndModify.sort': {
    run: { findAndModify: 'c', sort: { a: -1 }, update: { $set: { a: 7 } } },
    after: { 3: 7 },
  },
  'findAndModify.remove': {
    run: { findAndModify: 'c', query: { a: 2 }, remove: true },
    reply: first({ _id: 2, a: 2 }),
    after: { 2: undefined },
  },
  'findAndModify.update': { run: { findAndModify: 'c', query: { a: 1 }, update: { a: 8 } }, after: { 1: 8 } },
  'findAndModify.new': {
    run: { findAndModify: 'c', query: { a: 1 }, update: { $set: { a: 8 } }, new: true },
    reply: first({ _id: 1, a: 8 }),
  },
  'findAndModify.fields': {
    run: { findAndModify: 'c', query: { a: 1 }, update: { $set: { a: 8 } }, fields: { _id: 0 } },
    reply: first({ a: 1 }),
  },
  'findAndModify.upsert': {
    run: { findAndModify: 'c', query: { _id: 9 }, update: { $set: { a: 9 } }, upsert: true },
    after: { 9: 9 },
  },
  'findAndModify.arrayFilters': {
    run: {
      findAndModify: 'c',
      query: { _id: 3 },
      update: { $set: { 'l.$[e]': 0 } },
      arrayFilters: [{ e: { $gt: 2 } }],
      new: true,
    },
    reply: first({ _id: 3, a: 3, l: [1, 0] }),
  },
  'findAndModify.bypassDocumentValidation': {
    run: { findAndModify: 'c', query: { a: 1 }, update: { $set: { a: 8 } }, bypassDocumentValidation: true },
    after: { 1: 8 },
  },
  'bulkWrite.ops': {
    ...op({ insert: 0, document: { _id: 9, a: 9 } }),
    reply: { nInserted: 1 },
    after: { 9: 9 },
  },
  'bulkWrite.nsInfo': { ...op({ delete: 0, filter: {}, multi: true }), reply: { nDeleted: 3 } },
  'bulkWrite.ordered': {
    ...op({ update: 0, filter: { a: 1 }, updateMods: { $set: { a: 7 } } }, { ordered: false }),
    reply: { nModified: 1 },
    after: { 1: 7 },
  },
  'bulkWrite.errorsOnly': {
    ...op({ insert: 0, document: { _id: 9 } }, { errorsOnly: true }),
    reply: found(),
  },
  'bulkWrite.bypassDocumentValidation': {
    ...op({ insert: 0, document: { _id: 9, a: 9 } }, { bypassDocumentValidation: true }),
    after: { 9: 9 },
  },
  'bulkWrite.cursor': {
    ...op({ insert: 0, document: { _id: 9, a: 9 } }, { cursor: { batchSize: 1 } }),
    after: { 9: 9 },
  },
  'find.filter': { run: { find: 'c', filter: { a: { $gte: 2 } } }, reply: found(2, 3) },
  'find.sort': { run: { find: 'c', sort: { a: -1 } }, reply: found(3, 2, 1) },
  'find.skip': { run: { find: 'c', sort: { a: 1 }, skip: 1 }, reply: found(2, 3) },
  'find.limit': { run: { find: 'c', sort: { a: 1 }, limit: 2 }, reply: found(1, 2) },
  'find.projection': {
    run: { find: 'c', filter: { a: 3 }, projection: { l: { $slice: -1 } } },
    reply: { rows: [{ _id: 3, a: 3, l: [5] }] },
  },
  'find.batchSize': { run: { find: 'c', sort: { a: 1 }, batchSize: 2 }, reply: found(1, 2) },
  'find.singleBatch': {
    run: { find: 'c', sort: { a: 1 }, batchSize: 2, singleBatch: true },
    reply: { open: false, ...found(1, 2) },
  },
  'find.noCursorTimeout': {
    run: { find: 'c', sort: { a: 1 }, noCursorTimeout: false },
    reply: found(1, 2, 3),
  },
  'find.allowDiskUse': { run: { find: 'c', sort: { a: 1 }, allowDiskUse: true }, reply: found(1, 2, 3) },
  'count.query': { run: { count: 'c', query: { a: { $gt: 1 } } }, reply: { n: 2 } },
  'count.limit': { run: { count: 'c', limit: 1 }, reply: { n: 1 } },
  'count.skip': { run: { count: 'c', skip: 1 }, reply: { n: 2 } },
  'distinct.key': { run: { distinct: 'c', key: 'l' }, reply: { values: [1, 5] } },
  'distinct.query': { run: { distinct: 'c', key: 'a', query: { a: 2 } }, reply: { values: [2] } },
  'aggregate.pipeline': {
    run: { aggregate: 'c', pipeline: [{ $match: { a: 2 } }], cursor: {} },
    reply: found(2),
  },
  'aggregate.cursor': {
    run: { aggregate: 'c', pipeline: [{ $sort: { a: 1 } }], cursor: { batchSize: 1 } },
    reply: found(1),
  },
  'aggregate.allowDiskUse': {
    run: { aggregate: 'c', pipeline: [{ $sort: { a: -1 } }], cursor: {}, allowDiskUse: true },
    reply: found(3, 2, 1),
  },
  'explain.verbosity': {
    run: { explain: { find: 'c' }, verbosity: 'queryPlanner' },
    reply: { stage: 'COLLSCAN' },
  },
  'createIndexes.indexes': {
    run: { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a' }] },
    reply: { numIndexesAfter: 2 },
  },
  'dropIndexes.index': { run: { dropIndexes: 'c', index: '*' }, reply: { nIndexesWas: 1 } },
  'listIndexes.cursor': {
    run: { listIndexes: 'c', cursor: { batchSize: 5 } },
    reply: { rows: [{ v: 2, key: { _id: 1 }, name: '_id_' }] },
  },
  'listCollections.filter': { run: { listCollections: 1, filter: { name: 'none' } }, reply: { rows: [] } },
  'listCollections.nameOnly': {
    run: { listCollections: 1, nameOnly: true },
    reply: { rows: [{ name: 'c', type: 'collection' }] },
  },
  'listCollections.authorizedCollections': {
    run: { listCollections: 1, nameOnly: true, authorizedCollections: true },
    reply: { rows: [{ name: 'c', type: 'collection' }] },
  },
  'listCollections.cursor': {
    run: { listCollections: 1, nameOnly: true, cursor: { batchSize: 9 } },
    reply: { rows: [{ name: 'c', type: 'collection' }] },
  },
  'listDatabases.filter': {
    run: { listDatabases: 1, filter: { name: 'none' } },
    reply: { databases: [] },
    database: 'admin',
  },
  'listDatabases.nameOnly': {
    run: { listDatabases: 1, nameOnly: true },
    reply: { databases: [{ name: 'fields' }] },
    database: 'admin',
  },
  'listDatabases.authorizedDatabases': {
    run: { listDatabases: 1, nameOnly: true, authorizedDatabases: true },
    reply: { databases: [{ name: 'fields' }] },
    database: 'admin',
  },
  create: { run: { create: 'made' }, reply: { ok: 1 } },
  drop: { run: { drop: 'c' }, reply: { ok: 1 } },
  dropDatabase: { run: { dropDatabase: 1 }, reply: { dropped: 'fields' } },
  'getMore.collection': { run: { getMore: 'cursor', collection: 'c' }, reply: found(3) },
  'getMore.batchSize': { run: { getMore: 'cursor', collection: 'c', batchSize: 1 }, reply: found(3) },
  'killCursors.cursors': { run: { killCursors: 'c', cursors: ['cursor'] }, reply: { killed: 1 } },
};

const allowed = commands.flatMap(({ name, fields }) =>
  fields.length === 0 ? [name] : fields.map((field) => `${name}.${field}`),
);

describe('commands', () => {
  const store = useStore();
  const fields = () => store.client.db('fields');

  beforeEach(async () => {
    await fields().dropDatabase();
    await fields()
      .collection<mongo.Document>('c')
      .insertMany([
        { _id: 1, a: 1 },
        { _id: 2, a: 2 },
        { _id: 3, a: 3, l: [1, 5] },
      ] as never[]);
  });

  eachNamed('allowed', allowed, cases, async ({ run, reply = {}, after = {}, database = 'fields' }) => {
    const { command, session } = await withCursor(run);
    const answer = await store.client.db(database).command(command, { session });
    const { cursor } = answer;
    const rows: mongo.Document[] | undefined = cursor?.firstBatch ?? cursor?.nextBatch;
    const seen: mongo.Document = {
      ...answer,
      rows,
      ids: rows?.map(({ _id }) => _id),
      open: cursor !== undefined && String(cursor.id) !== '0',
      stage: answer.queryPlanner?.winningPlan.stage,
      killed: answer.cursorsKilled?.length,
    };
    for (const [name, value] of Object.entries(reply)) expect(seen[name], name).to.deep.equal(value);
    for (const [id, a] of Object.entries(after)) {
      const one = await fields()
        .collection<mongo.Document>('c')
        .findOne({ _id: Number(id) as never });
      expect(one?.a, `a of ${id}`).to.equal(a);
    }
  });

  /** Puts an open cursor, which has one row left, where a command names one, with the session that it belongs to. */
  async function withCursor(run: mongo.Document) {
    const session = store.client.startSession();
    if (!JSON.stringify(run).includes('"cursor"]') && run.getMore !== 'cursor')
      return { command: run, session };
    const { cursor } = await fields().command({ find: 'c', sort: { a: 1 }, batchSize: 2 }, { session });
    const id = mongo.BSON.Long.fromString(String(cursor.id));
    const command = run.getMore === undefined ? { ...run, cursors: [id] } : { ...run, getMore: id };
    return { command, session };
  }

  it('refuses an option of each that none has, and one that another has', async () => {
    for (const { name, fields: own } of commands) {
      for (const option of ['nonsense', 'collation', 'hint', 'let', 'maxTime', 'pipeline']) {
        if (own.includes(option)) continue;
        const command = { [name]: name === 'explain' ? { find: 'c' } : 'c', [option]: 1 };
        const refused = name === 'bulkWrite' ? store.client.db('admin') : fields();
        expect(await codeOf(refused.command(command)), `${name}.${option}`).to.equal(40415);
      }
    }
  });
});

import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { createMongoStore } from '../../src/store/mongoStore.ts';

/** The table of the how-to: collection and shard key. */
const rows = [
  ...readFileSync(new URL('../../docs/how-to/run-on-mongodb.md', import.meta.url), 'utf8').matchAll(
    /^\| `(\w+)` \| `(\w+): 1` \|$/gm,
  ),
].map(([, collection, key]) => [collection as string, key as string] as const);

describe('the shard keys of the how-to', () => {
  const connection = mongoose.createConnection();
  createMongoStore(connection, Date.now);
  after(() => connection.close());

  it('are of collections that there are', () => {
    expect(rows.length).to.be.above(3);
    const names = Object.keys(connection.models);
    expect(names).to.include.members(rows.map(([collection]) => collection));
  });

  for (const [collection, key] of rows)
    it(`${collection}: every unique index begins with the key`, () => {
      const unique = (connection.models[collection]?.schema.indexes() ?? []).filter(
        ([, { unique }]) => unique,
      );
      for (const [keys] of unique) expect(Object.keys(keys)[0]).to.equal(key);
    });
});

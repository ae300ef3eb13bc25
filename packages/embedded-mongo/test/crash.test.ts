import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { mongo } from 'mongoose';
import { startEmbeddedMongo } from '../src/index.ts';
import { makeDirectory } from './support/store.ts';

const rounds = 3;
const writers = 10;

describe('kill -9', function () {
  this.timeout(60_000);

  it('loses no acknowledged insert, transaction or increment', async () => {
    const directory = await makeDirectory();
    const acknowledged: string[] = [];
    let counted = 0;
    for (let round = 0; round < rounds; round++) {
      const server = await startEmbeddedMongo({ directory });
      const client = await new mongo.MongoClient(server.uri, {
        retryWrites: false,
        serverSelectionTimeoutMS: 500,
      }).connect();
      const ledger = client.db('test').collection<{ _id: string; pair?: string }>('ledger');
      const counter = client.db('test').collection<{ _id: string; n: number }>('counter');
      const work = Array.from({ length: writers }, (_, w) =>
        untilFailure(async (i) => {
          const id = `${round}-${w}-${i}`;
          await ledger.insertOne({ _id: id });
          acknowledged.push(id);
        }),
      );
      work.push(
        untilFailure(async (i) => {
          const pair = `${round}-t-${i}`;
          await client.withSession((session) =>
            session.withTransaction(
              async () => {
                await ledger.insertOne({ _id: `${pair}-a`, pair }, { session });
                await ledger.insertOne({ _id: `${pair}-b`, pair }, { session });
              },
              { timeoutMS: 1500 },
            ),
          );
          acknowledged.push(`${pair}-a`, `${pair}-b`);
        }),
        untilFailure(async () => {
          const found = await counter.findOneAndUpdate(
            { _id: 'c' },
            { $inc: { n: 1 } },
            { upsert: true, returnDocument: 'after' },
          );
          counted = found?.n ?? 0;
        }),
      );
      await sleep(500);
      process.kill(server.pid, 'SIGKILL');
      await Promise.all(work);
      await client.close(true);
    }
    const server = await startEmbeddedMongo({ directory });
    const client = await new mongo.MongoClient(server.uri).connect();
    const stored = await client
      .db('test')
      .collection<{ _id: string; pair?: string }>('ledger')
      .find()
      .toArray();
    const ids = new Set(stored.map(({ _id }) => _id));
    expect(acknowledged.filter((id) => !ids.has(id))).to.deep.equal([]);
    expect(acknowledged.length).to.be.greaterThan(rounds * writers);
    const pairs = stored.filter(({ pair }) => pair !== undefined);
    expect(pairs.every(({ pair }) => ids.has(`${pair}-a`) && ids.has(`${pair}-b`))).to.equal(true);
    const found = await client
      .db('test')
      .collection<{ _id: string; n: number }>('counter')
      .findOne({ _id: 'c' });
    expect(found?.n).to.be.at.least(counted);
    await client.close();
    await server.stop();
  });
});

/** Repeats until the store is gone. */
async function untilFailure(step: (i: number) => Promise<void>): Promise<void> {
  for (let i = 0; ; i++) {
    try {
      await step(i);
    } catch (error) {
      expect(error).to.be.instanceOf(mongo.MongoError);
      return;
    }
  }
}

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { startEmbeddedMongo } from '../../src/index.ts';

/** Fills the small disk that its argument is the folder of, makes room, goes on, and prints what became of it. */
const directory = process.argv[2] ?? '';
const ballast = join(directory, 'ballast');
writeFileSync(ballast, Buffer.alloc(12 * 1024 ** 2, 1));
const store = join(directory, 'store');
const writers = 8;
const refusals = new Set<unknown>();
let acknowledged = 0;

async function open() {
  const server = await startEmbeddedMongo({
    directory: store,
    log: (line) => process.stderr.write(`${line}\n`),
  });
  const client = await new mongo.MongoClient(server.uri).connect();
  return { c: client.db('test').collection('c'), close: () => client.close().then(() => server.stop()) };
}

const first = await open();
await Promise.all(
  Array.from({ length: writers }, async () => {
    for (let isFull = false; !isFull; ) {
      await first.c.insertOne({ text: 'x'.repeat(20_000) }).then(
        () => acknowledged++,
        (error: mongo.MongoServerError) => {
          refusals.add(error.code ?? error.message);
          isFull = true;
        },
      );
    }
  }),
);
await first.close();
// A start on a full disk serves what is there.
const full = await open();
const stored = await full.c.countDocuments();
rmSync(ballast);
await full.c.insertOne({ text: 'there is room' });
const afterwards = await full.c.countDocuments();
await full.close();
const second = await open();
const restarted = await second.c.countDocuments();
await second.close();
process.stdout.write(
  JSON.stringify({ acknowledged, stored, refusals: [...refusals], afterwards, restarted }),
);

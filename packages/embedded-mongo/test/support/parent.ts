import { mongo } from 'mongoose';
import { startEmbeddedMongo } from '../../src/index.ts';

/** A process that owns a store and will be killed: prints the store's process id once one document is written. */
const server = await startEmbeddedMongo({ directory: process.argv[2] ?? '' });
const client = await new mongo.MongoClient(server.uri).connect();
await client.db('test').collection('c').insertOne({ a: 1 });
process.stdout.write(`${server.pid}\n`);

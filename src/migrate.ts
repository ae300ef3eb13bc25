import { readConfig } from './config.ts';
import { migrateStore } from './store/connect.ts';

/** `npm run migrate`: makes what a new version needs in the database of MONGODB_URI; safe to run again. */
const { mongodbUri } = readConfig(process.env);
if (mongodbUri === null) {
  process.stderr.write('MONGODB_URI is not set: the embedded store needs no migration.\n');
  process.exit(2);
}
try {
  await migrateStore(mongodbUri, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write('The database is ready.\n');
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

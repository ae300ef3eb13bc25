import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { runStandalone } from './store/embedded.ts';

/**
 * `npm run store`: serves the embedded store to several nodes, each started with the MONGODB_URI that it prints.
 * `-- --directory <folder> --port <number> --host <address>` go before STORE_DIR, STORE_PORT and STORE_HOST.
 */
try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { values } = parseArgs({
    options: { directory: { type: 'string' }, port: { type: 'string' }, host: { type: 'string' } },
  });
  const config = readConfig({
    ...process.env,
    ...(values.port === undefined ? {} : { STORE_PORT: values.port }),
  });
  await runStandalone({
    directory: values.directory === undefined ? config.storeDir : resolve(values.directory),
    port: config.storePort,
    host: values.host ?? config.storeHost ?? undefined,
    secret: config.storeSecret ?? undefined,
  });
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

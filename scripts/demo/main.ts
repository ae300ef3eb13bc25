import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDemo, START } from './run.ts';
import { freePort, startServer } from './server.ts';

/** `npm run demo [-- --json]`: a server on a fresh temporary store, twelve dossiers, every outcome. */
const json = process.argv.includes('--json');
const unknown = process.argv.slice(2).filter((word) => word !== '--json');
if (unknown.length > 0) {
  process.stderr.write(`unknown: ${unknown.join(' ')}\nusage: npm run demo [-- --json]\n`);
  process.exit(2);
}
const tell = (line: string) => (json ? process.stderr : process.stdout).write(`${line}\n`);
const startedAt = Date.now();
const dataDir = await mkdtemp(join(tmpdir(), 'shubbak-demo-store-'));
const output = await mkdtemp(join(tmpdir(), 'shubbak-demo-'));
const port = await freePort();
const env: Record<string, string> = {
  PORT: String(port),
  HOST: '127.0.0.1',
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  DATA_DIR: dataDir,
  CLOCK: 'demo',
  CLOCK_START: new Date(START).toISOString(),
  LOG_LEVEL: 'warn',
  SMTP_URL: '',
};
if (process.env.MONGODB_URI) env.MONGODB_URI = freshDatabase(process.env.MONGODB_URI);
const log: string[] = [];
const server = await startServer(env, (line) => log.push(line));
let code = 0;
try {
  const health = (await (await fetch(`${server.base}/health`)).json()) as {
    store: { kind: string };
    engine: { name: string };
  };
  const result = await runDemo({ base: server.base, secret: server.secret, output, ledger: [], tell });
  const invalid = result.dossiers.filter((dossier) => dossier.licence?.valid === false);
  if (invalid.length > 0) throw new Error(`${invalid.length} licences are not valid`);
  const elapsedMs = Date.now() - startedAt;
  tell(
    `\n${result.dossiers.length} dossiers in ${(elapsedMs / 1000).toFixed(0)} s on ${health.engine.name}.`,
  );
  tell(`Signed licences: ${output}\nCheck one: npm run verify -- <licence.pdf> --trust ${result.trust}`);
  if (json) {
    const { dossiers, trust } = result;
    const summary = { dossiers, trust, elapsedMs, store: health.store.kind, engine: health.engine.name };
    process.stdout.write(`${JSON.stringify(summary)}\n`);
  }
} catch (error) {
  process.stderr.write(
    `${log.slice(-30).join('\n')}\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  code = 1;
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
process.exit(code);

/** A database of its own on the server that is named, so that a demonstration never meets real data. */
function freshDatabase(uri: string): string {
  const address = new URL(uri);
  address.pathname = `/shubbak-demo-${Date.now().toString(36)}`;
  if (address.username !== '' && !address.searchParams.has('authSource'))
    address.searchParams.set('authSource', 'admin');
  return address.href;
}

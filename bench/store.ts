import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startEmbeddedMongo } from '@shubbak/embedded-mongo';
import { findMongod, startMongod } from '../packages/embedded-mongo/test/support/mongod.ts';
import { measureServer } from './support/driverWork.ts';
import type { BenchReport, Measurement } from './support/report.ts';
import { CONCURRENT, KINDS, type Kind, type Rate, type Rates } from './support/storeWork.ts';

/**
 * What the embedded store does in a second, and in a second of the processors of client and server together: inserts,
 * compare-and-sets, pages found by an index and transactions, of one client and of sixteen at once, each write on the disk
 * before it is acknowledged. Beside it a real `mongod` where one is found, else SQLite alone. `only` names a single measure.
 */
export async function run(only?: string): Promise<BenchReport> {
  const report: BenchReport = { bench: 'store', store: 'embedded', results: [] };
  const kinds = KINDS.filter((kind) => only === undefined || namesOf(kind).includes(only));
  if (kinds.length === 0) return report;
  const ours = await embedded(kinds);
  const program = findMongod();
  if (program === null)
    process.stderr.write('no mongod (MONGOD_BIN, PATH): the peer is SQLite without a protocol\n');
  const peers =
    program === null ? { sqlite: await sqliteAlone(kinds) } : { mongod: await real(program, kinds) };
  for (const kind of kinds) {
    for (const name of [kind, `${kind}${CONCURRENT}`])
      report.results.push(...compared(name, ours, peers as Record<string, Rates>));
  }
  report.results = report.results.filter(({ measure }) => only === undefined || measure === only);
  return report;
}

/** `store.insert` is one client, `store.insert16` sixteen; `.cpu` is by processor time. */
function namesOf(kind: Kind): string[] {
  return [kind, `${kind}${CONCURRENT}`].flatMap((name) => [`store.${name}`, `store.${name}.cpu`]);
}

/** More is better: the ratio is ours to the best of the others. */
function compared(name: string, ours: Rates, peers: Record<string, Rates>): Measurement[] {
  const measured = (suffix: string, unit: string, figure: (rate: Rate) => number | null): Measurement[] => {
    const mine = figure(ours[name] as Rate);
    if (mine === null) return [];
    const others: Record<string, number> = {};
    for (const [peer, rates] of Object.entries(peers)) {
      const theirs = figure(rates[name] as Rate);
      if (theirs !== null) others[peer] = Math.round(theirs);
    }
    const best = Math.max(...Object.values(others));
    const ratio = Number.isFinite(best) ? Math.round((mine / best) * 1_000) / 1_000 : null;
    return [{ measure: `store.${name}${suffix}`, unit, ours: Math.round(mine), peers: others, ratio }];
  };
  return [
    ...measured('', 'operations/s', ({ perSecond }) => perSecond),
    ...measured('.cpu', 'operations/CPU-s', ({ perCpuSecond }) => perCpuSecond),
  ];
}

async function embedded(kinds: Kind[]): Promise<Rates> {
  process.stderr.write('embedded store …\n');
  const directory = await mkdtemp(join(tmpdir(), 'shubbak-bench-store-'));
  const server = await startEmbeddedMongo({ directory });
  try {
    return await measureServer(server.uri, server.pid, kinds);
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function real(program: string, kinds: Kind[]): Promise<Rates> {
  process.stderr.write(`${program} …\n`);
  const server = await startMongod(program);
  try {
    return await measureServer(server.uri, server.pid, kinds);
  } finally {
    await server.stop();
  }
}

async function sqliteAlone(kinds: Kind[]): Promise<Rates> {
  process.stderr.write('SQLite alone …\n');
  const path = fileURLToPath(new URL('peers/sqlite.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', path, ...kinds]);
  return JSON.parse(stdout) as Rates;
}

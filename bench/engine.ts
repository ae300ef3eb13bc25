import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchReport } from './support/report.ts';

const OURS = 'bpmn-core';
const PEERS = ['bpmn-engine', 'bpmn-elements', 'bpmn-server'];

/**
 * Measures engines side by side: instances of ten user tasks in sequence per second of processor time, the state of each
 * turned into JSON and read back at every step, without a database. `only` names a single measure.
 */
export async function run(only?: string): Promise<BenchReport> {
  const measure = 'step.memory';
  const report: BenchReport = { bench: 'engine', store: 'memory', results: [] };
  if (only !== undefined && only !== measure) return report;
  const ours = await rateOf(OURS);
  const peers: Record<string, number> = {};
  for (const peer of PEERS) peers[peer] = await rateOf(peer);
  const best = Math.max(...Object.values(peers));
  report.results.push({ measure, unit: 'instances/CPU-s', ours, peers, ratio: Math.round(ours / best) });
  return report;
}

/** Runs one contestant in a process of its own, so that none disturbs another. */
async function rateOf(name: string): Promise<number> {
  process.stderr.write(`${name} … `);
  const script = fileURLToPath(new URL(`peers/${name}.ts`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script]);
  const { rate }: { rate: number } = JSON.parse(stdout);
  if (!(rate > 0)) throw new Error(`${name} measured nothing: ${stdout}`);
  const rounded = rate < 100 ? Math.round(rate * 10) / 10 : Math.round(rate);
  process.stderr.write(`${rounded} instances/CPU-s\n`);
  return rounded;
}

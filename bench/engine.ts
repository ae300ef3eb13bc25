import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DurableMeasure } from './support/durableFigures.ts';
import { durableSteps } from './support/durableSteps.ts';
import { measureOurDurable } from './support/ourDurable.ts';
import type { BenchReport, Measurement } from './support/report.ts';
import { simulatePermits } from './support/simulatePermits.ts';

const OURS = 'bpmn-core';
const PEERS = ['bpmn-engine', 'bpmn-elements', 'bpmn-server'];
/** Those whose state can be taken out and put back, so that one moment can be measured again and again. */
const LOOPING_PEERS = ['bpmn-engine', 'bpmn-elements'];
const SIMULATION_TARGET_S = 5;
const DURABLE: readonly DurableMeasure[] = ['step.durable', 'permit.durable'];
const MEASURES = ['step.memory', 'loop.growth', 'state.bytes', 'simulate.permit10k', ...DURABLE] as const;

/**
 * Measures engines side by side: without a database, the state turned into JSON and read back at every step: instances of ten
 * user tasks in sequence per second of processor time; how much dearer a step is after a thousand loops than after ten; how
 * large the state is then; the seconds in which this product's permit is simulated; and instances whose every step is on the
 * disk before the next, beside embedded Java engines. `only` names a single measure.
 */
export async function run(only?: string): Promise<BenchReport> {
  const report: BenchReport = { bench: 'engine', store: 'memory', results: [] };
  const wanted = MEASURES.filter((measure) => only === undefined || only === measure);
  if (wanted.includes('step.memory')) report.results.push(await stepMemory());
  if (wanted.includes('loop.growth') || wanted.includes('state.bytes')) {
    const results = await looping();
    report.results.push(...results.filter(({ measure }) => wanted.some((one) => one === measure)));
  }
  if (wanted.includes('simulate.permit10k')) {
    const ours = await simulatePermits();
    const target = SIMULATION_TARGET_S;
    const ratio = Math.round((ours / target) * 100) / 100;
    // Nobody else runs this product's permit: the figure stands beside its target.
    report.results.push({ measure: 'simulate.permit10k', unit: 's', ours, peers: { target }, ratio });
  }
  const durable = DURABLE.filter((measure) => wanted.includes(measure));
  if (durable.length > 0) report.results.push(...(await durableSteps(durable, measureOurDurable)));
  return report;
}

async function stepMemory(): Promise<Measurement> {
  const rate = async (name: string): Promise<number> => {
    const { rate: measured } = await measuredBy<{ rate: number }>(name);
    if (!(measured > 0)) throw new Error(`${name} measured nothing`);
    const rounded = measured < 100 ? Math.round(measured * 10) / 10 : Math.round(measured);
    process.stderr.write(`${rounded} instances/CPU-s\n`);
    return rounded;
  };
  const ours = await rate(OURS);
  const peers: Record<string, number> = {};
  for (const peer of PEERS) peers[peer] = await rate(peer);
  const ratio = Math.round(ours / Math.max(...Object.values(peers)));
  return { measure: 'step.memory', unit: 'instances/CPU-s', ours, peers, ratio };
}

async function looping(): Promise<Measurement[]> {
  const growth: Record<string, number> = {};
  const bytes: Record<string, number> = {};
  for (const name of [OURS, ...LOOPING_PEERS]) {
    const measured = await measuredBy<{ few: number; many: number; bytes: number }>(`loop/${name}`);
    growth[name] = Math.round((measured.many / measured.few) * 100) / 100;
    bytes[name] = measured.bytes;
    process.stderr.write(
      `${measured.few.toFixed(1)} µs after 10 loops, ${measured.many.toFixed(1)} µs and ${measured.bytes} bytes after 1000\n`,
    );
  }
  return [compared('loop.growth', 'times', growth), compared('state.bytes', 'bytes', bytes)];
}

/** Less is better: the ratio is ours to the least of the others. */
function compared(measure: string, unit: string, figures: Record<string, number>): Measurement {
  const { [OURS]: ours = 0, ...peers } = figures;
  const ratio = Math.round((ours / Math.min(...Object.values(peers))) * 100) / 100;
  return { measure, unit, ours, peers, ratio };
}

/** Runs one contestant in a process of its own, so that none disturbs another. */
async function measuredBy<Figures>(script: string): Promise<Figures> {
  process.stderr.write(`${script} … `);
  const path = fileURLToPath(new URL(`peers/${script}.ts`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', path]);
  return JSON.parse(stdout) as Figures;
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DurableFigures, DurableMeasure } from './durableFigures.ts';
import { lastCore } from './lastCore.ts';

const CONTESTANT = fileURLToPath(new URL('../peers/durable.ts', import.meta.url));
const DIAGRAMS: Record<DurableMeasure, string> = { 'step.durable': 'seq10', 'permit.durable': 'permit' };
/** Seconds of processor time. */
const WARM_UP = '30';
const MEASURED = '10';

/** Measures this product's host on its own store, and counts in a second pass what it sends there. */
export async function measureOurDurable(measure: DurableMeasure, pinned: boolean): Promise<DurableFigures> {
  const diagram = DIAGRAMS[measure];
  const timed = await contend(['--diagram', diagram, '--warm', WARM_UP, '--seconds', MEASURED], pinned);
  const counted = await contend(['--diagram', diagram, '--warm', '3', '--seconds', '3', '--count'], pinned);
  const { roundTripsPerStep, fsyncsPerStep } = counted;
  return { ...timed, roundTripsPerStep, fsyncsPerStep };
}

async function contend(options: string[], pinned: boolean): Promise<DurableFigures> {
  const node = [process.execPath, '--max-semi-space-size=64', '--import', 'tsx', CONTESTANT, ...options];
  const [program = '', ...rest] = pinned ? ['taskset', '-c', String(await lastCore()), ...node] : node;
  const { stdout } = await promisify(execFile)(program, rest);
  return JSON.parse(stdout) as DurableFigures;
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DurableFigures, DurableMeasure, Setting } from './durableFigures.ts';
import { lastCore } from './lastCore.ts';

const CONTESTANT = fileURLToPath(new URL('../peers/durable.ts', import.meta.url));
const DIAGRAMS: Record<DurableMeasure, string> = { 'step.durable': 'seq10', 'permit.durable': 'permit' };
/** Seconds of processor time. */
const WARM_UP = '20';
const MEASURED = '10';

/**
 * Measures this product's host on its own store, unpinned and then pinned to one core, and counts in a pass of its own what it
 * sends there.
 */
export async function measureOurDurable(measure: DurableMeasure): Promise<Record<Setting, DurableFigures>> {
  const diagram = ['--diagram', DIAGRAMS[measure]];
  const timed = [...diagram, '--warm', WARM_UP, '--seconds', MEASURED];
  const unpinned = await contend(timed, false);
  const pinned = await contend(timed, true);
  const { roundTripsPerStep, fsyncsPerStep } = await contend(
    [...diagram, '--warm', '3', '--seconds', '3', '--count'],
    false,
  );
  const counted = { roundTripsPerStep, fsyncsPerStep };
  return { unpinned: { ...unpinned, ...counted }, pinned: { ...pinned, ...counted } };
}

async function contend(options: string[], pinned: boolean): Promise<DurableFigures> {
  const node = [process.execPath, '--max-semi-space-size=64', '--import', 'tsx', CONTESTANT, ...options];
  const [program = '', ...rest] = pinned ? ['taskset', '-c', String(await lastCore()), ...node] : node;
  const { stdout } = await promisify(execFile)(program, rest);
  return JSON.parse(stdout) as DurableFigures;
}

import { availableParallelism, loadavg } from 'node:os';
import { type DurableFigures, type DurableMeasure, inWords, type Setting } from './durableFigures.ts';
import { type JavaFigures, measureJavaPeers } from './javaPeers.ts';
import type { Measurement } from './report.ts';

/**
 * Compares durable steps of this product with those of the embedded Java engines: the lesser of ours, unpinned or pinned to one
 * core, with the best of theirs in whatever setting suits them. Where they cannot run, stderr says why and ours stands alone.
 */
export async function durableSteps(
  measures: readonly DurableMeasure[],
  measureOurs: (measure: DurableMeasure) => Promise<Record<Setting, DurableFigures>>,
): Promise<Measurement[]> {
  const [load = 0] = loadavg();
  if (load > availableParallelism() / 2)
    tell(
      `the machine is busy, load ${load.toFixed(1)}: figures will be too low, above all of who warms up for long`,
    );
  const ours = new Map<DurableMeasure, number[]>();
  for (const measure of measures) {
    const { unpinned, pinned } = await measureOurs(measure);
    tell(`${measure} of ours, unpinned: ${inWords(unpinned)}`);
    tell(`${measure} of ours, pinned to one core: ${inWords(pinned)}`);
    ours.set(measure, [unpinned.instancesPerCpuSecond, pinned.instancesPerCpuSecond]);
  }
  const theirs = await measureJavaPeers(measures, tell);
  if ('missing' in theirs)
    tell(`without the embedded Java engines: there is no ${theirs.missing.join(', no ')}`);
  const figures = 'missing' in theirs ? [] : theirs;
  return measures.map((measure) => compared(measure, ours.get(measure) ?? [], figures));
}

function compared(measure: DurableMeasure, rates: number[], theirs: JavaFigures[]): Measurement {
  const ours = rounded(Math.min(...rates));
  const peers: Record<string, number> = {};
  for (const figures of theirs) {
    if (figures.measure !== measure) continue;
    peers[figures.engine] = Math.max(peers[figures.engine] ?? 0, rounded(figures.instancesPerCpuSecond));
  }
  const best = Math.max(...Object.values(peers));
  const ratio = theirs.length === 0 ? null : rounded(ours / best);
  return { measure, unit: 'instances/CPU-s', store: 'disk, fsync at each commit', ours, peers, ratio };
}

const rounded = (figure: number): number => Math.round(figure * 10) / 10;

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

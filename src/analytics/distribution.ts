import type { Breathe } from './breathe.ts';
import type { Seconds } from './seconds.ts';

/** What is said of many durations, in seconds. */
export interface Distribution {
  count: number;
  min: number;
  max: number;
  mean: number;
  p25: number;
  median: number;
  p75: number;
  p90: number;
}

/** Below this, one sort holds the node for about a millisecond. */
const SORTED_AT_ONCE = 8_192;
const HALF = 65_536;

/**
 * Exact figures over durations, or null when there are none. A percentile is the nearest rank: the smallest duration that at
 * least that share of all do not exceed. It is always a duration that occurred, which legal figures can point to, and it is
 * what `quantile_disc` gives in SQL.
 */
export async function distributionOf(values: Seconds, breathe: Breathe): Promise<Distribution | null> {
  const count = values.length;
  if (count === 0) return null;
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  let sum = 0;
  for (const chunk of values.chunks()) {
    for (const value of chunk) {
      if (value < min) min = value;
      if (value > max) max = value;
      sum += value;
    }
    await breathe();
  }
  const ranks = [25, 50, 75, 90].map((percent) => nearestRank(count, percent));
  const [p25, median, p75, p90] = (await (count <= SORTED_AT_ONCE
    ? bySorting(values, ranks)
    : byHalves(values, ranks, breathe))) as [number, number, number, number];
  return { count, min, max, mean: sum / count, p25, median, p75, p90 };
}

/** Rank, from 1, of a percentile given in whole per cent. */
function nearestRank(count: number, percent: number): number {
  // Multiplying first keeps it in whole numbers: 0.9 * 10 would not be.
  return Math.ceil((percent * count) / 100);
}

function bySorting(values: Seconds, ranks: number[]): number[] {
  const sorted = new Uint32Array(values.length);
  let at = 0;
  for (const chunk of values.chunks()) {
    sorted.set(chunk, at);
    at += chunk.length;
  }
  sorted.sort();
  return ranks.map((rank) => sorted[rank - 1] as number);
}

/** Finds the values at some ranks by counting upper halves of their bits, then lower halves under the right upper one. */
async function byHalves(values: Seconds, ranks: number[], breathe: Breathe): Promise<number[]> {
  const found: number[] = [];
  const upper = await countHalves(values, null, breathe);
  for (const rank of ranks) {
    const { half, before } = halfAtRank(upper, rank);
    const lower = await countHalves(values, half, breathe);
    found.push(half * HALF + halfAtRank(lower, rank - before).half);
  }
  return found;
}

/** Counts the upper halves, or the lower halves of the values that have a given upper one. */
async function countHalves(values: Seconds, upper: number | null, breathe: Breathe): Promise<Uint32Array> {
  const counts = new Uint32Array(HALF);
  for (const chunk of values.chunks()) {
    for (const value of chunk) {
      const half = value >>> 16;
      if (upper === null) counts[half] = (counts[half] as number) + 1;
      else if (half === upper) counts[value & 0xffff] = (counts[value & 0xffff] as number) + 1;
    }
    await breathe();
  }
  return counts;
}

function halfAtRank(counts: Uint32Array, rank: number): { half: number; before: number } {
  let before = 0;
  let half = 0;
  while (before + (counts[half] as number) < rank) before += counts[half++] as number;
  return { half, before };
}

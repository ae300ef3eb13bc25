import { fileURLToPath } from 'node:url';
import { openCalendar } from '../src/domain/legalTime/workingTime.ts';
import { loadCalendar } from '../src/procedures/calendars.ts';

/** One measured figure; `peers` stays empty where nobody else does the same. */
export interface Measurement {
  measure: string;
  unit: string;
  ours: number;
  peers: Record<string, number>;
  ratio: number | null;
}

export interface BenchReport {
  bench: string;
  store: string;
  results: Measurement[];
}

const COUNT = 1_000_000;
const DAY = 86_400_000;
const ROUNDS = 5;

/**
 * Measures the working time of a million random intervals of up to 120 days between 2024 and 2028 on the calendar that ships:
 * the median of five rounds. `only` names a single measure.
 */
export async function run(only?: string): Promise<BenchReport> {
  const bench = 'legal-time';
  const measure = 'intervals1m.ms';
  if (only !== undefined && only !== measure) return { bench, store: 'memory', results: [] };
  const workingTime = openCalendar(
    await loadCalendar(
      fileURLToPath(new URL('../reference/calendars', import.meta.url)),
      'ma-administration',
    ),
  );
  const random = seeded(7);
  const from = Float64Array.from({ length: COUNT }, () =>
    Math.floor(Date.UTC(2024, 0, 2) + random() * 1650 * DAY),
  );
  const to = from.map((start) => Math.floor(start + random() ** 3 * 120 * DAY));
  const rounds: number[] = [];
  const sums = new Set<number>();
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    let sum = 0;
    for (let i = 0; i < COUNT; i++) sum += workingTime.workingSeconds(from[i] as number, to[i] as number);
    rounds.push(performance.now() - start);
    sums.add(sum);
  }
  // A loop whose result nobody reads could be left out by the compiler.
  if (sums.size !== 1 || sums.has(0)) throw new Error(`The rounds disagree: ${[...sums].join(', ')}`);
  const ours = Math.round((rounds.sort((a, b) => a - b)[ROUNDS >> 1] as number) * 10) / 10;
  return { bench, store: 'memory', results: [{ measure, unit: 'ms', ours, peers: {}, ratio: null }] };
}

/** The same intervals on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

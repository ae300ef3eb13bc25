/** One measured figure; `ratio` is ours to the best peer, null where nobody else does the same. */
export interface Measurement {
  measure: string;
  unit: string;
  /** What the state is kept in, where it is not what the report says. */
  store?: string;
  ours: number;
  peers: Record<string, number>;
  ratio: number | null;
}

/** What a benchmark prints with --json. */
export interface BenchReport {
  bench: string;
  /** What the state is kept in while it is measured. */
  store: string;
  /** Empty if the measure that was asked for does not exist. */
  results: Measurement[];
}

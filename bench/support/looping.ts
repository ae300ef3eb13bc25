import { readFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const DIAGRAM = fileURLToPath(new URL('../diagrams/loop.bpmn', import.meta.url));
const FEW = 10;
const MANY = 1_000;
const WARM_UP = 1;
const ROUND = 0.5;
const ROUNDS = 5;

/** An engine that goes round: its state comes and goes as JSON. */
export interface Looping {
  begin(): string | Promise<string>;
  /** Reads the state, completes the task, which comes up again, and writes the state. */
  step(saved: string): string | Promise<string>;
}

/** The diagram, with a condition that never holds in the language of the engine. */
export const loopDiagram = (condition: string): string =>
  readFileSync(DIAGRAM, 'utf8').replace('CONDITION', condition);

/**
 * Goes round a thousand times and prints what a step costs after ten and after a thousand, in microseconds of processor time,
 * the median of rounds in turn, and the bytes of the state after a thousand.
 */
export async function goRound({ begin, step }: Looping): Promise<void> {
  let saved = await begin();
  let few = saved;
  for (let round = 1; round <= MANY; round++) {
    saved = await step(saved);
    if (round === FEW) few = saved;
  }
  const many = saved;
  for (const state of [few, many]) await costOver(WARM_UP, state);
  const costs: [few: number[], many: number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    costs[0].push(await costOver(ROUND, few));
    costs[1].push(await costOver(ROUND, many));
  }
  const bytes = Buffer.byteLength(many);
  writeSync(1, `${JSON.stringify({ few: median(costs[0]), many: median(costs[1]), bytes })}\n`);
  process.exit(0);

  async function costOver(seconds: number, state: string): Promise<number> {
    const before = process.cpuUsage();
    for (let steps = 0; ; ) {
      for (let i = 0; i < 16; i++) await step(state);
      steps += 16;
      const { user, system } = process.cpuUsage(before);
      if (user + system >= seconds * 1e6) return (user + system) / steps;
    }
  }
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] as number;

import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The diagram that every contestant runs. */
export const SEQUENCE = fileURLToPath(new URL('../diagrams/seq10.bpmn', import.meta.url));

/** Number of user tasks in it. */
export const TASKS = 10;

const WARM_UP = 1.5;
const ROUND = 1;
const ROUNDS = 5;

/** Keeps stdout for the figure alone, whatever the engine under test has to say. */
export function silence(): void {
  for (const method of ['log', 'info', 'debug', 'warn', 'error', 'trace'] as const)
    console[method] = () => undefined;
  process.stdout.write = () => true;
}

/**
 * Runs whole instances, one after the other, and prints how many the processor does in a second of its time: the median
 * of the rounds, after a warm-up.
 */
export async function contend(runInstance: () => void | Promise<void>): Promise<void> {
  await rateOver(WARM_UP, runInstance);
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) rates.push(await rateOver(ROUND, runInstance));
  rates.sort((a, b) => a - b);
  writeSync(1, `${JSON.stringify({ rate: rates[ROUNDS >> 1], rates })}\n`);
  process.exit(0);
}

/** Instances per second of processor time, over at least so many seconds of it. */
async function rateOver(seconds: number, runInstance: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  let instances = 0;
  for (let batch = 1; ; batch = Math.min(batch * 2, 256)) {
    for (let i = 0; i < batch; i++) {
      const running = runInstance();
      if (running) await running;
    }
    instances += batch;
    const { user, system } = process.cpuUsage(before);
    const used = (user + system) / 1e6;
    if (used >= seconds) return instances / used;
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Acknowledged } from '../../../scripts/demo/client.ts';
import { compiled } from '../support/bundle.ts';
import { compareWithLedger } from '../support/compare.ts';
import { type Random, randomFrom } from '../support/random.ts';
import { openOffices } from './load.ts';
import type { Stack, StackOptions } from './stack.ts';

export interface ChaosOptions {
  seed: number;
  /** Starts what is to be killed. */
  start(options: StackOptions): Promise<Stack>;
  /** How long it is left alone before the next kill, in ms; null: there is none any more. */
  pause(kills: number, random: Random): number | null;
  tell(line: string): void;
}

export interface ChaosFigures {
  kills: Record<string, number>;
  rounds: number;
  acknowledged: number;
  filed: number;
  completions: number;
  timersFired: number;
  incidents: number;
  events: number;
  seconds: number;
}

/** Who has asked for something is answered within this time, in ms, however often what answers is killed. */
const LONGEST_SILENCE_MS = 180_000;
/** How many requests are waited for at most, one at least, before the next kill may come. */
const MOST_BETWEEN_KILLS = 6;

/**
 * Offices at work over HTTP while servers and store are killed; then compares what was acknowledged with what the store
 * holds. At least one round of dossiers is ended, and none is left half way.
 * @throws Error at the first thing lost, doubled or stuck
 */
export async function chaos({ seed, start, pause, tell }: ChaosOptions): Promise<ChaosFigures> {
  const began = performance.now();
  const random = randomFrom(seed);
  const directory = await mkdtemp(join(tmpdir(), 'shubbak-chaos-'));
  const [server = '', store = ''] = await compiled('src/main.ts', 'src/serveStore.ts');
  const log: string[] = [];
  const keep = (line: string) => {
    log.push(line);
    if (log.length > 200) log.shift();
  };
  const faults: string[] = [];
  const fault = (reason: string) => faults.push(reason);
  let stack: Stack | null = null;
  const abandon = () => stack?.abandon();
  // Whatever ends this process leaves none of them behind.
  process.once('exit', abandon);
  try {
    const running = await start({ directory, programs: { server, store }, random, log: keep, fault });
    stack = running;
    const ledger: Acknowledged[] = [];
    const pieces = join(directory, 'pieces');
    const load = await openOffices(running.base, running.secret, pieces, ledger);
    const kills: Record<string, number> = {};
    let killed = 0;
    let rounds = 0;
    let hasEnded = false;
    let over = false;

    async function killer(): Promise<void> {
      for (let ms = pause(killed, random); ms !== null; ms = pause(killed, random)) {
        // Each kill meets people at work: some of what they asked for has been done since the last one.
        const enough = ledger.length + 1 + Math.floor(random() * MOST_BETWEEN_KILLS);
        await sleep(ms);
        const giveUpAt = performance.now() + LONGEST_SILENCE_MS;
        while (ledger.length < enough && !hasEnded) {
          if (performance.now() > giveUpAt) throw new Error('nothing was acknowledged for three minutes');
          await sleep(10);
        }
        if (hasEnded || faults.length > 0) return;
        const victim = await running.kill();
        kills[victim] = (kills[victim] ?? 0) + 1;
        killed++;
        if (killed % 10 === 0) tell(`${killed} kills, ${rounds} rounds, ${ledger.length} acknowledged`);
      }
    }
    async function offices(): Promise<void> {
      try {
        do {
          await load.round();
          rounds++;
        } while (!over && faults.length === 0);
      } finally {
        hasEnded = true;
      }
    }
    async function operator(): Promise<void> {
      for (; !hasEnded; await sleep(2_000)) await load.retryIncidents();
    }
    await Promise.all([killer().finally(() => (over = true)), offices(), operator()]);
    if (faults.length > 0) throw new Error(faults.join('\n'));
    tell('comparing');
    await running.stop();
    const compared = await compareWithLedger(running.where, ledger, load.now);
    await running.release();
    const seconds = Math.round((performance.now() - began) / 1000);
    return { kills, rounds, acknowledged: ledger.length, ...compared, seconds };
  } catch (error) {
    tell([...log.slice(-30), ...faults].join('\n'));
    throw error;
  } finally {
    abandon();
    process.off('exit', abandon);
    await rm(directory, { recursive: true, force: true });
  }
}

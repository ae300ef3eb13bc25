import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrateStore } from '../../../src/store/connect.ts';
import { compiled } from '../support/bundle.ts';
import { pick, randomFrom } from '../support/random.ts';
import { startStore } from '../support/storeProcess.ts';
import { type Audit, audit, describeInstance } from './audit.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { readProcedures } from './procedures.ts';
import { type Told, Violation, walk } from './walk.ts';

export interface SoakOptions {
  walks: number;
  nodes: number;
  seed: number;
  /** How many kills are spread over the walks; one of six is of the store. */
  kills: number;
  /** How many walks are under way at once. */
  atOnce: number;
  tell(line: string): void;
}

export interface SoakFigures extends Audit {
  walks: number;
  nodeKills: number;
  storeKills: number;
  jumps: number;
  /** Completions that were acknowledged, and requests of which nobody heard what became of them. */
  acknowledged: number;
  unknown: number;
  refusals: number;
  seconds: number;
}

/** First instant of business time: Monday 5 January 2026, nine o'clock in Casablanca. */
const START = Date.parse('2026-01-05T08:00:00Z');
const HOUR = 3_600_000;
/** How far business time jumps: most often less than any time limit, now and then past the longest. */
const JUMPS = [1, 2, 5, 8, 24, 24, 48, 48, 72, 72, 24 * 8, 24 * 31, 24 * 200].map((hours) => hours * HOUR);

/**
 * Random walks over all procedures there are, on several nodes and one standalone store, with concurrent completions, kills
 * and clock jumps; then compares what everybody was told with what the store holds.
 * @throws Violation at the first thing stuck, lost or doubled
 */
export async function soak(options: SoakOptions): Promise<SoakFigures> {
  const { walks, kills, seed, tell } = options;
  const began = performance.now();
  const random = randomFrom(seed);
  const directory = await mkdtemp(join(tmpdir(), 'shubbak-soak-'));
  const [store = '', node = ''] = await compiled('src/serveStore.ts', 'test/system/soak/node.ts');
  const log: string[] = [];
  const keep = (line: string) => {
    log.push(line);
    if (log.length > 200) log.shift();
  };
  let fault: Violation | null = null;
  const onFault = (reason: string) => {
    fault ??= new Violation(reason);
  };
  const served = await startStore({ args: [store], env: {} }, directory, keep, onFault);
  let cluster: Cluster | null = null;
  // Whatever ends this process leaves none of them behind; the nodes end with it by themselves.
  process.once('exit', served.abandon);
  try {
    await migrateStore(served.uri);
    const procedures = await readProcedures();
    cluster = await startCluster({
      program: node,
      nodes: options.nodes,
      store: served,
      startAt: START,
      random: randomFrom(seed + 1),
      log: keep,
      fault: onFault,
    });
    const running = cluster;
    const figures = { nodeKills: 0, storeKills: 0, jumps: 0 };
    const told = new Map<string, Told>();
    let begun = 0;
    let done = 0;
    const isOver = () => done === walks || fault !== null;

    async function walker(): Promise<void> {
      while (begun < walks && fault === null) {
        const number = ++begun;
        const procedure = pick(random, procedures);
        const mine: Told = { procedure: procedure.version.id, completions: new Map(), refusals: 0 };
        told.set(`walk${number}`, mine);
        const draw = randomFrom(seed * 1_000_003 + number);
        await walk(running, draw, procedure, `walk${number}`, mine, () => fault !== null);
        done++;
      }
    }
    async function jumper(): Promise<void> {
      for (; !isOver(); figures.jumps++) {
        await sleep(500 + random() * 3_000);
        await running.jump(pick(random, JUMPS));
      }
    }
    async function killer(): Promise<void> {
      for (let killed = 0; killed < kills && !isOver(); ) {
        if (done < ((killed + 1) * walks) / (kills + 2)) {
          await sleep(50);
          continue;
        }
        await sleep(random() * 500);
        killed++;
        if (killed % 6 === 0) await running.killStore();
        else await running.killNode();
        figures[killed % 6 === 0 ? 'storeKills' : 'nodeKills']++;
      }
    }
    const progress = setInterval(() => {
      tell(`${done} of ${walks} walks, ${figures.nodeKills + figures.storeKills} kills`);
    }, 10_000);
    try {
      const failed = (error: unknown) => {
        fault ??= error instanceof Violation ? error : new Violation(String((error as Error).stack));
      };
      const walkers = Array.from({ length: options.atOnce }, () => walker().catch(failed));
      await Promise.all([...walkers, jumper().catch(failed), killer().catch(failed)]);
    } finally {
      clearInterval(progress);
    }
    if (fault !== null) throw fault;
    running.stop();
    tell('all walks have ended; comparing');
    const found = await audit(served.uri, told);
    const counts = [...told.values()].flatMap(({ completions }) => [...completions.values()]);
    return {
      walks,
      ...figures,
      ...found,
      acknowledged: counts.reduce((sum, one) => sum + one.acknowledged, 0),
      unknown: counts.reduce((sum, one) => sum + one.unknown, 0),
      refusals: [...told.values()].reduce((sum, one) => sum + one.refusals, 0),
      seconds: Math.round((performance.now() - began) / 1000),
    };
  } catch (error) {
    tell(log.slice(-30).join('\n'));
    if (error instanceof Violation && error.instance !== null)
      tell(await describeInstance(served.uri, error.instance));
    throw error;
  } finally {
    cluster?.stop();
    served.abandon();
    process.off('exit', served.abandon);
    await rm(directory, { recursive: true, force: true });
  }
}

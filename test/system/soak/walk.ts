import { setTimeout as sleep } from 'node:timers/promises';
import { pick, type Random } from '../support/random.ts';
import type { Cluster, Outcome } from './cluster.ts';
import type { View } from './messages.ts';
import type { WalkedProcedure } from './procedures.ts';

/** What one walk was told of its instance, to be compared with what the store holds. */
export interface Told {
  procedure: string;
  /** Of each task that was completed: how often that was acknowledged, and how often nobody heard what became of it. */
  completions: Map<string, { acknowledged: number; unknown: number }>;
  refusals: number;
}

/** Thrown when something happens that must not; the message says what and where. */
export class Violation extends Error {
  readonly instance: string | null;
  constructor(message: string, instance: string | null = null) {
    super(message);
    this.instance = instance;
  }
}

/** Longest time in which a walk may stay as it is, in ms. */
const STUCK_MS = 180_000;
/** What comes too late, or meets another step; the walk looks again. */
const REFUSALS = new Set(['TASK_ALREADY_DONE', 'INSTANCE_BUSY', 'UNAVAILABLE']);

/** Takes one instance from its start to its end, whatever happens to the nodes meanwhile, unless all is over before. */
export async function walk(
  cluster: Cluster,
  random: Random,
  procedure: WalkedProcedure,
  instance: string,
  told: Told,
  isOver: () => boolean,
): Promise<void> {
  const { version, brings, timed, starts } = procedure;
  const chance = (likely: number) => random() < likely;
  let view = await begun();
  let seen = '';
  let changedAt = performance.now();
  /** Tasks that are left to their timer. */
  const left = new Set<string>();

  async function begun(): Promise<View> {
    const variables = pick(random, starts);
    const ask = {
      ask: 'start',
      instance,
      definition: version.hash,
      procedure: version.id,
      variables,
    } as const;
    for (let acknowledged = false; !isOver(); ) {
      for (const outcome of await cluster.ask(1, ask)) {
        acknowledged ||= expected(outcome);
        // Refused once it is there, whoever asks: an answer that was lost is found out this way.
        if (acknowledged || isRefused(outcome, 'INSTANCE_BUSY')) return look();
      }
      await sleep(200);
    }
    return null;
  }

  async function look(): Promise<View> {
    const [outcome] = await cluster.ask(1, { ask: 'look', instance });
    return outcome !== undefined && outcome !== 'unknown' && 'view' in outcome ? outcome.view : null;
  }

  /** Tells whether it was acknowledged. @throws Violation at a refusal that nothing explains */
  function expected(outcome: Outcome): boolean {
    if (outcome === 'unknown') return false;
    if ('view' in outcome) return true;
    told.refusals++;
    if (!REFUSALS.has(outcome.refused))
      throw new Violation(`${instance}: refused with ${outcome.refused} ${outcome.details}`, instance);
    return false;
  }

  async function complete(task: string, flowNode: string): Promise<void> {
    const variables = pick(random, brings.get(flowNode) ?? [{}]);
    // As often as not, several people press the same button at once.
    const nodes = chance(0.6) ? 1 : chance(0.5) ? 2 : 3;
    const count = told.completions.get(task) ?? { acknowledged: 0, unknown: 0 };
    told.completions.set(task, count);
    for (const outcome of await cluster.ask(nodes, { ask: 'complete', instance, task, variables })) {
      if (expected(outcome)) count.acknowledged++;
      else if (outcome === 'unknown' || isRefused(outcome, 'UNAVAILABLE')) count.unknown++;
      if (outcome !== 'unknown' && 'view' in outcome && outcome.view !== null) view = outcome.view;
    }
    if (count.acknowledged > 1) throw new Violation(`${task} (${flowNode}) was completed twice`, instance);
  }

  for (;;) {
    if ((view !== null && view.status !== 'active') || isOver()) return;
    const now = JSON.stringify(view);
    if (view !== null && now !== seen) [seen, changedAt] = [now, performance.now()];
    if (performance.now() - changedAt > STUCK_MS)
      throw new Violation(`${instance} is stuck at ${seen}`, instance);
    const open = (view?.openTasks ?? []).filter(({ id }) => !left.has(id));
    const [first, ...others] = open.sort(() => random() - 0.5);
    if (first !== undefined && timed.has(first.flowNode) && chance(0.08)) left.add(first.id);
    else if (first !== undefined) {
      const both = others.slice(0, chance(0.4) ? 1 : 0);
      await Promise.all([first, ...both].map(({ id, flowNode }) => complete(id, flowNode)));
      if (chance(0.7)) continue;
    } else await sleep(150 + random() * 300);
    view = await look();
  }
}

const isRefused = (outcome: Outcome, code: string): boolean =>
  outcome !== 'unknown' && 'refused' in outcome && outcome.refused === code;

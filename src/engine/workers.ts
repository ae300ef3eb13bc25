import { SYSTEM } from '../domain/party.ts';
import type { Advancer } from './advancer.ts';
import { createDeliverer, type DelivererOptions } from './deliverer.ts';
import { isTooLate } from './interpreter.ts';
import { createJobRunner, type JobRunnerOptions } from './jobRunner.ts';
import type { Advance, Alongside } from './port.ts';

export type WorkerOptions<Tx> = JobRunnerOptions<Tx> & DelivererOptions<Tx>;

/** Does what is due: service tasks, timers, and what one process says to another. */
export interface Workers<Tx> {
  fireTimer(id: string, alongside?: Alongside<Tx>): Promise<Advance | null>;
  /** Runs what is due now until nothing is left, of one instance or of all; answers how many were run. */
  settle(instance?: string): Promise<number>;
  /** Keeps settling in the background. */
  poll(): void;
  stop(): Promise<void>;
  /** Tells whether the background work has gone round lately: false when it hangs, or has not begun. */
  isAlive(): boolean;
}

/** How long a job, timer or delivery is held while it runs, in ms of real time; after a crash another node takes it then. */
const HOLD_MS = 20_000;
const POLL_MS = 500;
/** A round of background work may take this long, in ms of real time, before the node is no longer called well. */
const SLOW_ROUND_MS = 60_000;
const BATCH = 8;

export function createWorkers<Tx>(options: WorkerOptions<Tx>, advancer: Advancer<Tx>): Workers<Tx> {
  const { store, clock } = options;
  const runJob = createJobRunner(options, advancer);
  const deliver = createDeliverer(options, advancer);
  const underWay = new Map<string, Set<Promise<void>>>();
  let stopped = false;

  /** Lets `settle(instance)` wait for work of that instance which the poller began first. */
  function track(instance: string, work: Promise<void>): Promise<void> {
    const all = underWay.get(instance) ?? new Set();
    underWay.set(instance, all.add(work));
    return work.finally(() => {
      all.delete(work);
      if (all.size === 0) underWay.delete(instance);
    });
  }

  async function fireTimer(id: string, alongside?: Alongside<Tx>): Promise<Advance | null> {
    const timer = await store.findTimer(id);
    if (timer === null) return null;
    try {
      const command = { type: 'fireTimer', id: timer.token } as const;
      return await advancer.advance(timer.instance, { command }, SYSTEM, alongside);
    } catch (error) {
      if (!isTooLate(error)) throw error;
      await advancer.advance(
        timer.instance,
        { amend: () => ({ writes: { removeTimers: [timer.id] }, events: [] }) },
        SYSTEM,
      );
      return null;
    }
  }

  async function fireDue(id: string): Promise<void> {
    try {
      await fireTimer(id);
    } catch (error) {
      options.log('error', 'a timer could not fire and is tried again', { timer: id, error: String(error) });
    }
  }

  async function settle(instance?: string): Promise<number> {
    for (let done = 0; ; ) {
      if (stopped) return done;
      const jobs = await store.claimJobs(options.realNow(), HOLD_MS, BATCH, instance);
      await Promise.all(jobs.map((job) => track(job.instance, runJob(job))));
      done += jobs.length;
      if (jobs.length > 0) continue;
      const realNow = options.realNow();
      const [timers, deliveries] = await Promise.all([
        store.claimTimers(clock.now(), realNow, HOLD_MS, BATCH, instance),
        store.claimDeliveries(realNow, HOLD_MS, BATCH, instance),
      ]);
      for (const timer of timers) await track(timer.instance, fireDue(timer.id));
      // One after the other: two messages of one process come in the order in which they were sent.
      for (const delivery of deliveries) await track(delivery.instance, deliver(delivery));
      done += timers.length + deliveries.length;
      if (timers.length + deliveries.length > 0) continue;
      const others = instance === undefined ? [] : [...(underWay.get(instance) ?? [])];
      if (others.length === 0) return done;
      await Promise.allSettled(others);
    }
  }

  let lastRoundAt: number | null = null;
  let wake = () => {};
  let loop: Promise<void> = Promise.resolve();

  async function pollUntilStopped(): Promise<void> {
    while (!stopped) {
      try {
        await settle();
        lastRoundAt = options.realNow();
      } catch (error) {
        options.log('error', 'the poller met a fault', { error: String(error) });
      }
      // Whoever stopped it meanwhile has called a `wake` that woke nobody.
      if (stopped) return;
      await new Promise<void>((resolve) => {
        const timeout = setTimeout(resolve, POLL_MS);
        wake = () => {
          clearTimeout(timeout);
          resolve();
        };
      });
    }
  }

  return {
    fireTimer,
    settle,
    poll() {
      lastRoundAt = options.realNow();
      loop = pollUntilStopped();
    },
    isAlive: () => lastRoundAt !== null && options.realNow() - lastRoundAt < SLOW_ROUND_MS,
    async stop() {
      stopped = true;
      wake();
      await loop;
      await Promise.allSettled([...underWay.values()].flatMap((all) => [...all]));
    },
  };
}

import { DomainError } from '../domain/errors.ts';
import type { ProcessInstance } from '../domain/process.ts';
import { createAdvancer, type Step } from './advancer.ts';
import type { EngineCommand } from './interpreter.ts';
import { isTooLate } from './interpreter.ts';
import type { Advance, ProcessEngine } from './port.ts';
import { createWorkers, resumeJob, type WorkerOptions } from './workers.ts';

/** An engine that also works in the background until it is stopped. */
export interface Host<Tx> extends ProcessEngine<Tx> {
  /** Begins to run due jobs and timers in the background. */
  poll(): void;
  /** Tells whether background work goes round. */
  isAlive(): boolean;
  /** Takes nothing new and waits for what is under way. */
  stop(): Promise<void>;
}

/** The engine behind the port: one transaction per advance, durable jobs and timers, incidents instead of silence. */
export function createHost<Tx>(options: WorkerOptions<Tx>): Host<Tx> {
  const { store, clock } = options;
  const advancer = createAdvancer(options);
  const workers = createWorkers(options, advancer);

  /** The step is committed whatever happens next: what follows it is tried at once, else by the poller. */
  async function followed(step: Advance): Promise<Advance> {
    const now = clock.now();
    if (step.jobsRequested.length === 0 && !step.timersSet.some((timer) => timer.dueAt <= now)) return step;
    try {
      await workers.settle(step.instance.id);
    } catch (error) {
      options.log('warn', 'what follows a step is left to the poller', { error: String(error) });
    }
    return step;
  }

  return {
    async start(request, by, alongside) {
      const { variables, ...rest } = request;
      const instance: ProcessInstance = {
        id: rest.id,
        dossier: rest.dossier,
        procedure: rest.procedure,
        definition: rest.definition,
        status: 'active',
        state: null,
        version: 0,
        lease: null,
        startedAt: clock.now(),
        endedAt: null,
        endEvent: null,
        openTasks: [],
      };
      return followed(await advancer.begin(instance, variables, by, alongside));
    },

    async complete(task, variables, by, alongside) {
      const known = await store.findTask(task);
      if (known === null) throw new DomainError('TASK_NOT_FOUND', { task });
      if (known.status !== 'open') throw new DomainError('TASK_ALREADY_DONE', { task });
      const command: EngineCommand = { type: 'completeTask', id: known.token, variables };
      try {
        return await followed(
          await advancer.advance(known.instance, { command }, by, alongside, async (_tx, { openTasks }) => {
            if (!openTasks.some((open) => open.id === task))
              throw new DomainError('TASK_ALREADY_DONE', { task });
          }),
        );
      } catch (error) {
        if (!isTooLate(error)) throw error;
        throw new DomainError('TASK_ALREADY_DONE', { task }, { cause: error });
      }
    },

    async correlate(instance, message, payload, by, alongside) {
      const command: EngineCommand = { type: 'correlateMessage', name: message, variables: payload };
      return followed(await advancer.advance(instance, { command }, by, alongside));
    },

    async fire(timer, alongside) {
      const step = await workers.fireTimer(timer, alongside);
      return step === null ? null : followed(step);
    },

    async retry(incident, by, alongside) {
      const known = await store.findIncident(incident);
      if (known === null) throw new DomainError('INCIDENT_NOT_FOUND', { incident });
      const stillOpen = async () => {
        const current = await store.findIncident(incident);
        if (current?.resolvedAt !== null) throw new DomainError('INCIDENT_ALREADY_RESOLVED', { incident });
      };
      const step: Step =
        known.kind === 'model'
          ? { command: { type: 'retry', id: known.token } }
          : { amend: (instance, facts) => resumeJob(known, instance, facts) };
      return followed(await advancer.advance(known.instance, step, by, alongside, stillOpen));
    },

    async cancel(instance, reason, by, alongside) {
      return followed(
        await advancer.advance(instance, { command: { type: 'cancel', reason } }, by, alongside),
      );
    },

    settle: workers.settle,
    poll: workers.poll,
    isAlive: workers.isAlive,
    async stop() {
      await workers.stop();
      await advancer.idle();
    },
  };
}

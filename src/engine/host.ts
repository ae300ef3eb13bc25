import { DomainError, type ErrorCode } from '../domain/errors.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Actor } from '../domain/party.ts';
import type { Delivery, Incident, ProcessInstance } from '../domain/process.ts';
import { type AdvancerOptions, createAdvancer, type Guard, type Step } from './advancer.ts';
import type { EngineCommand } from './interpreter.ts';
import { isTooLate, RejectedCommand } from './interpreter.ts';
import { resumeJob } from './jobRunner.ts';
import type { Advance, Alongside, ProcessEngine } from './port.ts';
import { settleStopped } from './stoppedDelivery.ts';
import { createWorkers, type WorkerOptions } from './workers.ts';

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
export function createHost<Tx>(options: AdvancerOptions<Tx> & WorkerOptions<Tx>): Host<Tx> {
  const { store, clock } = options;
  const advancer = createAdvancer(options);
  const workers = createWorkers(options, advancer);

  /** The step is committed whatever happens next: what follows it is tried at once, else by the poller. */
  async function followed(step: Advance): Promise<Advance> {
    const now = clock.now();
    const isFollowed = step.jobsRequested.length > 0 || step.sent.length > 0;
    if (!isFollowed && !step.timersSet.some((timer) => timer.dueAt <= now)) return step;
    try {
      await workers.settle(step.instance.id);
    } catch (error) {
      options.log('warn', 'what follows a step is left to the poller', { error: String(error) });
    }
    return step;
  }

  /** @throws DomainError INCIDENT_ALREADY_RESOLVED */
  async function requireOpen(incident: string): Promise<void> {
    const current = await store.findIncident(incident);
    if (current?.resolvedAt !== null) throw new DomainError('INCIDENT_ALREADY_RESOLVED', { incident });
  }

  /** @throws DomainError INCIDENT_ALREADY_RESOLVED */
  async function stoppedBy({ id, token }: Incident): Promise<Delivery> {
    const delivery = await store.findDelivery(token);
    if (delivery === null) throw new DomainError('INCIDENT_ALREADY_RESOLVED', { incident: id });
    return delivery;
  }

  /** A call is taken as done, with what it would have brought; from a message nothing comes back. */
  async function skipDelivery(
    incident: Incident,
    variables: JsonObject,
    by: Actor,
    alongside: Alongside<Tx> | undefined,
  ): Promise<Advance> {
    const { id, instance, flowNode } = incident;
    const delivery = await stoppedBy(incident);
    const { says } = delivery;
    const guard = () => requireOpen(id);
    if (says.kind === 'call' || says.kind === 'callEnd') {
      const command = { type: 'completeCall', id: says.token, variables } as const;
      const step = { command, ends: incident, receives: delivery };
      return intervened(instance, step, by, alongside, { incident: id, flowNode }, guard);
    }
    if (Object.keys(variables).length > 0)
      throw new DomainError('SKIP_NOT_POSSIBLE', { flowNode, reason: 'delivery' });
    const step: Step = { amend: (now, facts) => settleStopped(incident, delivery, false, now, facts) };
    return advancer.advance(instance, step, by, alongside, guard);
  }

  /** How what an incident stopped is tried again. */
  async function stepAgain(incident: Incident): Promise<Step> {
    switch (incident.kind) {
      case 'model':
        return { command: { type: 'retry', id: incident.token } };
      case 'job':
        return { amend: (instance, facts) => resumeJob(incident, instance, facts) };
      case 'delivery': {
        const delivery = await stoppedBy(incident);
        return { amend: (instance, facts) => settleStopped(incident, delivery, true, instance, facts) };
      }
    }
  }

  /** A step that a person takes by hand: what does not fit the instance is a refusal to be read, not a fault. */
  async function intervened(
    instance: string,
    step: Extract<Step, { command: EngineCommand }>,
    by: Actor,
    alongside: Alongside<Tx> | undefined,
    about: JsonObject,
    guard?: Guard<Tx>,
  ): Promise<Advance> {
    try {
      return await followed(await advancer.advance(instance, step, by, alongside, guard));
    } catch (error) {
      if (!(error instanceof RejectedCommand)) throw error;
      const { type } = step.command;
      const engine = options.interpreter.name;
      const details: JsonObject =
        error.code === 'UNSUPPORTED' ? { ...about, engine, intervention: type } : about;
      throw new DomainError(refusalOf(error, type), details, { cause: error });
    }
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
        startedAt: clock.now(),
        endedAt: null,
        endEvent: null,
        openTasks: [],
        parent: null,
      };
      return followed(await advancer.begin(instance, variables, by, alongside));
    },

    async complete(task, variables, by, alongside) {
      const command: EngineCommand = { type: 'completeTask', id: task.token, variables };
      try {
        return await followed(
          await advancer.advance(task.instance, { command }, by, alongside, async (_tx, { openTasks }) => {
            if (!openTasks.some(({ id }) => id === task.id))
              throw new DomainError('TASK_ALREADY_DONE', { task: task.id });
          }),
        );
      } catch (error) {
        if (!isTooLate(error)) throw error;
        throw new DomainError('TASK_ALREADY_DONE', { task: task.id }, { cause: error });
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
      const step = await stepAgain(known);
      return followed(
        await advancer.advance(known.instance, step, by, alongside, () => requireOpen(incident)),
      );
    },

    async skip(incident, variables, by, alongside) {
      const known = await store.findIncident(incident);
      if (known === null) throw new DomainError('INCIDENT_NOT_FOUND', { incident });
      const { flowNode, token: id } = known;
      if (known.kind === 'delivery') return skipDelivery(known, variables, by, alongside);
      const step =
        known.kind === 'model'
          ? { command: { type: 'skip', id, variables } as const }
          : { command: { type: 'completeJob', id, variables } as const, ends: known };
      return intervened(
        known.instance,
        step,
        by,
        alongside,
        { incident, flowNode },
        async (_tx, { definition }) => {
          await requireOpen(incident);
          const { tasks } = await options.loadDefinition(definition);
          // What a person signs or decides is never taken as done.
          if (tasks[flowNode] !== undefined)
            throw new DomainError('SKIP_NOT_POSSIBLE', { flowNode, reason: 'userTask' });
        },
      );
    },

    setVariables: (instance, variables, by, alongside) =>
      intervened(instance, { command: { type: 'setVariables', variables } }, by, alongside, { instance }),

    async move(instance, { token, from, to }, by, alongside) {
      const step = { command: { type: 'moveToken', token, node: to } } as const;
      return intervened(instance, step, by, alongside, { token, to }, async (_tx, before) => {
        if (before.status !== 'active') return;
        // A token keeps its name as it goes on: whoever moves it must have seen where it is.
        const { tokens } = await advancer.inspect(before);
        if (!tokens.some(({ id, flowNode }) => id === token && flowNode === from))
          throw new DomainError('TOKEN_NOT_WAITING', { token, from });
      });
    },

    cancel: (instance, by, alongside) =>
      intervened(instance, { command: { type: 'cancel' } }, by, alongside, { instance }),

    inspect: advancer.inspect,
    interventions: options.interpreter.interventions,

    settle: workers.settle,
    poll: workers.poll,
    isAlive: workers.isAlive,
    async stop() {
      await workers.stop();
      await advancer.idle();
    },
  };
}

/** @throws RejectedCommand itself when it is a fault */
function refusalOf(rejected: RejectedCommand, command: EngineCommand['type']): ErrorCode {
  switch (rejected.code) {
    case 'ENDED':
      return 'INSTANCE_ENDED';
    case 'NOT_WAITING':
      return command === 'moveToken' ? 'TOKEN_NOT_WAITING' : 'INCIDENT_ALREADY_RESOLVED';
    case 'NOT_SKIPPABLE':
      return 'SKIP_NOT_POSSIBLE';
    case 'NOT_A_PLACE':
      return 'PLACE_NOT_ALLOWED';
    case 'UNSUPPORTED':
      return 'INTERVENTION_NOT_SUPPORTED';
    default:
      throw rejected;
  }
}

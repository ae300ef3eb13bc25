import { DomainError } from '../domain/errors.ts';
import type { NewEvent } from '../domain/events.ts';
import type { JsonObject } from '../domain/json.ts';
import { SYSTEM } from '../domain/party.ts';
import type { Delivery, Incident, ProcessInstance, Said, Task } from '../domain/process.ts';
import type { AdvancerOptions } from './advancer.ts';
import type { RunnableDefinition } from './definitions.ts';
import { createHost } from './host.ts';
import type { Interpreter, TimerSpec } from './interpreter.ts';
import { type MemoryTx, memoryStore } from './memoryStore.ts';

export interface DryRunOptions {
  interpreter: Interpreter;
  definition: RunnableDefinition;
  /** Virtual instant at which it begins, epoch ms. */
  startAt: number;
  variables: JsonObject;
  /** What each service task or called process gives back to the process, instead of doing anything. */
  service(flowNode: string, variables: JsonObject): JsonObject;
  dueOf: AdvancerOptions<MemoryTx>['dueOf'];
  timerDue(timer: TimerSpec, now: number): number;
  evaluate(expression: string, variables: JsonObject): unknown;
}

/** A process that runs on the real host with a virtual clock and inert handlers: nothing outside is touched. */
export interface DryRun {
  readonly instance: ProcessInstance;
  readonly now: number;
  readonly events: readonly NewEvent[];
  readonly incidents: readonly Incident[];
  openTasks(): Task[];
  complete(task: string, variables?: JsonObject): Promise<void>;
  /** Moves time on, firing each timer at its own instant. */
  advanceTo(instant: number): Promise<void>;
  /** Due instant of the earliest timer, null when none waits. */
  nextTimerAt(): number | null;
}

/** Starts a run without effects. */
export async function dryRun(options: DryRunOptions): Promise<DryRun> {
  const memory = memoryStore();
  const { records } = memory;
  // The run is alone in its dossier: what it says to others is recorded, and ends there. What it calls gives what a service
  // task would give.
  const store: typeof memory = {
    ...memory,
    claimDeliveries: async () => [...records.deliveries.values()].flatMap(answered),
  };
  let now = options.startAt;

  function answered(delivery: Delivery): Delivery[] {
    const { says, instance: receiver, flowNode } = delivery;
    if (says.kind !== 'call') return [];
    const variables = options.service(flowNode, says.variables);
    const end: Said = { kind: 'callEnd', token: says.token, status: 'completed', error: null, variables };
    return [{ ...delivery, receiver, says: end }];
  }

  const handlers = new Map(
    Object.values(options.definition.services).map(({ handler }) => [
      handler,
      async (work: { flowNode: string; variables: JsonObject }) => ({
        variables: options.service(work.flowNode, work.variables),
      }),
    ]),
  );
  const host = createHost<MemoryTx>({
    interpreter: options.interpreter,
    store,
    loadDefinition: async () => options.definition,
    handlers,
    dossierFacts: async () => ({ territory: '', round: 1, number: null, applicant: '' }),
    clock: { now: () => now },
    realNow: () => now,
    dueOf: options.dueOf,
    timerDue: options.timerDue,
    evaluate: options.evaluate,
    calendarVersion: null,
    log: () => {},
  });
  const id = 'run';
  await host.start(
    {
      id,
      definition: options.definition.hash,
      dossier: id,
      procedure: '',
      territory: '',
      variables: options.variables,
    },
    SYSTEM,
  );
  const nextTimerAt = () => {
    const due = [...records.timers.values()].map((timer) => timer.dueAt);
    return due.length === 0 ? null : Math.min(...due);
  };

  return {
    get instance() {
      const instance = records.instances.get(id);
      if (instance === undefined) throw new Error('the run has no instance');
      return instance;
    },
    get now() {
      return now;
    },
    get events() {
      return records.events;
    },
    get incidents() {
      return [...records.incidents.values()];
    },
    openTasks: () => [...records.tasks.values()].filter((task) => task.status === 'open'),
    async complete(task, variables = {}) {
      const found = records.tasks.get(task);
      if (found === undefined) throw new DomainError('TASK_NOT_FOUND', { task });
      await host.complete(found, variables, SYSTEM);
    },
    async advanceTo(instant) {
      for (let due = nextTimerAt(); due !== null && due <= instant; due = nextTimerAt()) {
        now = Math.max(now, due);
        await host.settle(id);
      }
      now = instant;
    },
    nextTimerAt,
  };
}

import { DomainError } from '../domain/errors.ts';
import type { NewEvent } from '../domain/events.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Actor } from '../domain/party.ts';
import type { Delivery, Incident, ProcessInstance } from '../domain/process.ts';
import type { TaskDefinition } from '../procedures/types.ts';
import type { LoadDefinition, RunnableDefinition } from './definitions.ts';
import type { AdvanceWrites, EngineStore } from './engineStore.ts';
import type {
  CompiledDefinition,
  EngineCommand,
  EngineEffect,
  Inside,
  Interpreter,
  StepResult,
  TimerSpec,
} from './interpreter.ts';
import { ofCancelledCalls, receiptOf } from './outbox.ts';
import { planAdvance } from './planAdvance.ts';
import type { Advance, Alongside } from './port.ts';
import { clockAfter, engineEvent, type StepFacts } from './stepFacts.ts';
import { Superseded } from './superseded.ts';

/** What a step must know of its dossier. */
export interface DossierFacts {
  territory: string;
  round: number;
  number: string | null;
  applicant: string;
  /** The instance that its filing began, whose tasks tell whose turn it is; null or left out: there is one only. */
  main?: string | null;
}

/** What the engine is given; it constructs nothing of the outside world itself. */
export interface AdvancerOptions<Tx> {
  interpreter: Interpreter;
  store: EngineStore<Tx>;
  loadDefinition: LoadDefinition;
  /** What the dossier says of itself, inside the transaction and after the use case's writes. */
  dossierFacts(dossier: string, tx: Tx): Promise<DossierFacts>;
  clock: { now(): number };
  realNow(): number;
  dueOf(limit: NonNullable<TaskDefinition['limit']>, now: number): number;
  timerDue(timer: TimerSpec, now: number): number;
  evaluate(expression: string, variables: JsonObject): unknown;
  calendarVersion: string | null;
}

/** A step of the interpreter, or a change of the host's own records that leaves the state as it is. */
export type Step =
  | {
      command: EngineCommand;
      /** The stop of a job that the command puts an end to. */
      ends?: Incident;
      /** What another instance has sent, which the command brings. */
      receives?: Delivery;
    }
  | {
      amend: (
        instance: ProcessInstance,
        facts: StepFacts,
      ) => { writes: Partial<Omit<AdvanceWrites, 'instance' | 'expectedVersion'>>; events: NewEvent[] };
    };

/** Says by throwing that a step must not be made. */
export type Guard<Tx> = (tx: Tx, instance: ProcessInstance) => Promise<void>;

/** Makes steps: reads the instance, checks, runs, writes, all in one transaction that others of the same instance exclude. */
export interface Advancer<Tx> {
  /** `receives` is the call that begins it. */
  begin(
    instance: ProcessInstance,
    variables: JsonObject,
    by: Actor,
    alongside?: Alongside<Tx>,
    receives?: Delivery,
  ): Promise<Advance>;
  /** `guard` runs first in the transaction, with the instance as it is, and refuses the step by throwing. */
  advance(
    instance: string,
    step: Step,
    by: Actor,
    alongside?: Alongside<Tx>,
    guard?: Guard<Tx>,
  ): Promise<Advance>;
  /** What an instance holds now. */
  inspect(instance: ProcessInstance): Promise<Inside>;
  /** Waits for the steps under way in this node. */
  idle(): Promise<void>;
}

export function createAdvancer<Tx>(options: AdvancerOptions<Tx>): Advancer<Tx> {
  const { store, interpreter, clock } = options;
  const compiled = new Map<
    string,
    Promise<{ runnable: RunnableDefinition; definition: CompiledDefinition }>
  >();
  const queues = new Map<string, Promise<void>>();

  function definitionOf(hash: string) {
    let known = compiled.get(hash);
    if (known === undefined) {
      known = options.loadDefinition(hash).then(async (runnable) => ({
        runnable,
        definition: await interpreter.compile(runnable.diagram, hash),
      }));
      compiled.set(hash, known);
      // A definition that could not be loaded today may be there tomorrow.
      known.catch(() => compiled.delete(hash));
    }
    return known;
  }

  /** One step at a time per instance within this node; between nodes, the one that commits second begins anew. */
  async function inTurn<T>(instance: string, work: () => Promise<T>): Promise<T> {
    const mine = (queues.get(instance) ?? Promise.resolve()).then(work);
    const ended = mine.then(
      () => undefined,
      () => undefined,
    );
    queues.set(instance, ended);
    try {
      return await mine;
    } finally {
      if (queues.get(instance) === ended) queues.delete(instance);
    }
  }

  /** Incidents of jobs and calls that nothing waits for any more: without this they would stay open for ever. */
  async function givenUp(before: ProcessInstance, effects: EngineEffect[]): Promise<Incident[]> {
    const jobs = effects.flatMap((effect) => (effect.type === 'jobCancelled' ? [effect.id] : []));
    const deliveries = ofCancelledCalls(before.id, effects);
    if (jobs.length + deliveries.length === 0) return [];
    const gone = { job: jobs, delivery: deliveries, model: [] };
    const open = await store.openIncidentsOf(before.id);
    return open.filter(({ kind, token }) => (gone[kind] as string[]).includes(token));
  }

  /** Whose turn it is in the dossier after a step, also when the step is one of another process than its main one. */
  async function turnAfter(tx: Tx, main: string, after: ProcessInstance, runnable: RunnableDefinition) {
    const here: [ProcessInstance, RunnableDefinition] = [after, runnable];
    const instance = main === after.id ? null : await store.findInstance(main, tx);
    if (instance === null) return clockAfter(here);
    return clockAfter([instance, (await definitionOf(instance.definition)).runnable], here);
  }

  /** A signal reaches those that are active when it is thrown. */
  async function othersToReach(tx: Tx, before: ProcessInstance, effects: EngineEffect[]): Promise<string[]> {
    if (!effects.some(({ type }) => type === 'signalThrown')) return [];
    const active = await store.activeInstancesOf(before.dossier, tx);
    return active.filter((id) => id !== before.id);
  }

  async function makeStep(
    tx: Tx,
    before: ProcessInstance,
    isNew: boolean,
    step: Step,
    by: Actor,
    alongside?: Alongside<Tx>,
    guard?: Guard<Tx>,
  ): Promise<Advance> {
    const { runnable, definition } = await definitionOf(before.definition);
    const now = clock.now();
    const receives = 'command' in step ? step.receives : undefined;
    await guard?.(tx, before);
    if (receives !== undefined && (await store.findDelivery(receives.id, tx)) === null)
      throw new Superseded();
    await alongside?.check?.(tx);
    const result: StepResult =
      'command' in step
        ? await interpreter.step(definition, isNew ? null : before.state, step.command, {
            now,
            timerDue: options.timerDue,
          })
        : { state: before.state, effects: [] };
    const told = (await alongside?.write?.(tx, { now })) ?? [];
    const dossier = await options.dossierFacts(before.dossier, tx);
    const facts: StepFacts = {
      now,
      by,
      territory: dossier.territory,
      round: dossier.round,
      dossierNumber: dossier.number,
      applicant: dossier.applicant,
      definition: runnable,
      calendarVersion: options.calendarVersion,
      others: await othersToReach(tx, before, result.effects),
      dueOf: options.dueOf,
      evaluate: options.evaluate,
    };
    const { writes, events } = planAdvance(before, result.state, result.effects, facts);
    if (isNew) {
      writes.expectedVersion = null;
      const { procedure, parent } = before;
      const data = { procedure, from: parent?.instance ?? null };
      events.unshift(engineEvent('InstanceStarted', before, facts, null, before.id, data));
    }
    writes.wakeMessages = result.awaits ?? [];
    if (receives !== undefined) {
      writes.removeDeliveries.push(receives.id);
      // Who has given a call up is not told how it ended.
      if (receives.says.kind === 'callCancel')
        writes.addDeliveries = writes.addDeliveries.filter(({ says }) => says.kind !== 'callEnd');
      const told = receiptOf(receives);
      if (told !== null) events.unshift(engineEvent(told.type, before, facts, null, receives.id, told.data));
    }
    if ('command' in step) {
      const ended = [
        ...(step.ends === undefined ? [] : [step.ends]),
        ...(await givenUp(before, result.effects)),
      ];
      for (const { id, flowNode } of ended) {
        writes.resolveIncidents.push({ id, resolvedAt: now, resolvedBy: by.account });
        events.push(engineEvent('IncidentResolved', before, facts, flowNode, id));
      }
    }
    if ('amend' in step) {
      const amendment = step.amend(before, facts);
      Object.assign(writes, amendment.writes);
      events.push(...amendment.events);
    }
    const turn = await turnAfter(tx, dossier.main ?? before.id, writes.instance, runnable);
    const { calendarVersion } = options;
    const all = [...told, ...events].map((event) => ({ ...event, clock: turn, calendarVersion }));
    store.write(tx, writes);
    store.appendEvents(tx, all);
    return {
      instance: writes.instance,
      events: all,
      tasksOpened: writes.openTasks,
      timersSet: writes.setTimers,
      jobsRequested: writes.addJobs,
      sent: writes.addDeliveries,
      incidents: writes.raiseIncidents,
    };
  }

  return {
    begin: (instance, variables, by, alongside, receives) => {
      const step: Step = { command: { type: 'start', variables }, ...(receives && { receives }) };
      return inTurn(instance.id, () =>
        store.step(null, (tx) => makeStep(tx, instance, true, step, by, alongside)),
      );
    },

    advance: (instance, step, by, alongside, guard) =>
      inTurn(instance, () =>
        store.step(instance, (tx, before) => {
          if (before === null) throw new DomainError('TASK_NOT_FOUND', { instance });
          return makeStep(tx, before, false, step, by, alongside, guard);
        }),
      ),

    async inspect({ definition: hash, state }) {
      const { definition } = await definitionOf(hash);
      return interpreter.inspect(definition, state);
    },

    async idle() {
      await Promise.all(queues.values());
    },
  };
}

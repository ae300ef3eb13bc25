import type { EventType, NewEvent } from '../domain/events.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Actor } from '../domain/party.ts';
import type { ProcessInstance } from '../domain/process.ts';
import type { TaskDefinition } from '../procedures/types.ts';
import type { RunnableDefinition } from './definitions.ts';

/** What a step needs to know besides the interpreter's effects. */
export interface StepFacts {
  now: number;
  by: Actor;
  territory: string;
  round: number;
  dossierNumber: string | null;
  applicant: string;
  definition: RunnableDefinition;
  calendarVersion: string | null;
  /** The other active instances of the dossier, for a step that throws a signal. */
  others: string[];
  /** Deadline of a task's time limit. */
  dueOf: (limit: NonNullable<TaskDefinition['limit']>, now: number) => number;
  /** Value of a FEEL expression of the diagram. */
  evaluate: (expression: string, variables: JsonObject) => unknown;
}

/** Paused while the only ones to act in these processes are the applicant and the applicant's architect. */
export function clockAfter(...running: [ProcessInstance, RunnableDefinition][]): 'running' | 'paused' {
  const parties = running.flatMap(([{ openTasks }, { tasks }]) =>
    openTasks.map(({ flowNode }) => tasks[flowNode]?.party),
  );
  return parties.length > 0 && parties.every((party) => party === 'applicant') ? 'paused' : 'running';
}

/** An event of the engine about one flow node of an instance. */
export function engineEvent(
  type: EventType,
  instance: ProcessInstance,
  facts: StepFacts,
  flowNode: string | null,
  subject: string | null,
  data: JsonObject = {},
): NewEvent {
  const task = flowNode === null ? undefined : facts.definition.tasks[flowNode];
  return {
    type,
    at: facts.now,
    dossier: instance.dossier,
    flowNode,
    subject,
    party: task?.party ?? 'system',
    actor: facts.by.account,
    body: null,
    territory: facts.territory,
    clock: 'running',
    cause: null,
    article: task?.article ?? null,
    calendarVersion: facts.calendarVersion,
    data,
  };
}

import type { NewEvent } from '../domain/events.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Actor } from '../domain/party.ts';
import type { Incident, Job, ProcessInstance, Task, Timer } from '../domain/process.ts';

/** What one step did: written in one transaction, all or nothing. */
export interface Advance {
  instance: ProcessInstance;
  events: NewEvent[];
  tasksOpened: Task[];
  timersSet: Timer[];
  jobsRequested: Job[];
  incidents: Incident[];
}

/** What the use case adds to a step, under the instance's lease and in its transaction. */
export interface Alongside<Tx> {
  /** Policy and payload check against what the transaction sees; throws to refuse the whole step. */
  check?(tx: Tx): Promise<void>;
  /** The use case's own writes; the events it returns are logged before those of the step. */
  write?(tx: Tx, step: { now: number }): Promise<NewEvent[]>;
}

/** Everything the product asks of a workflow engine. Nothing outside `src/engine` knows which one runs. */
export interface ProcessEngine<Tx> {
  start(
    request: {
      id: string;
      definition: string;
      dossier: string;
      procedure: string;
      territory: string;
      variables: JsonObject;
    },
    by: Actor,
    alongside?: Alongside<Tx>,
  ): Promise<Advance>;
  /** @throws DomainError TASK_NOT_FOUND, TASK_ALREADY_DONE */
  complete(task: string, variables: JsonObject, by: Actor, alongside?: Alongside<Tx>): Promise<Advance>;
  correlate(
    instance: string,
    message: string,
    payload: JsonObject,
    by: Actor,
    alongside?: Alongside<Tx>,
  ): Promise<Advance>;
  fire(timer: string, alongside?: Alongside<Tx>): Promise<Advance | null>;
  retry(incident: string, by: Actor, alongside?: Alongside<Tx>): Promise<Advance>;
  cancel(instance: string, reason: string, by: Actor, alongside?: Alongside<Tx>): Promise<Advance>;
  /** Runs what is due now (jobs, then timers) until nothing is left; answers how many steps were made. */
  settle(instance?: string): Promise<number>;
}

/** A job as its handler sees it; `id` is the idempotency key of all it does. */
export interface Work {
  id: string;
  instance: string;
  dossier: string;
  flowNode: string;
  variables: JsonObject;
  now: number;
}

/** What a service handler gives back: variables for the process, and its writes, kept in the step's transaction. */
export interface Outcome<Tx> {
  variables?: JsonObject;
  write?(tx: Tx): Promise<NewEvent[]>;
}

/** Does a service task. Slow work (rendering, signing) happens before it returns; database writes only in `write`. */
export type ServiceHandler<Tx> = (work: Work) => Promise<Outcome<Tx>>;

/** The service handlers by the name that diagrams call them. */
export type Handlers<Tx> = ReadonlyMap<string, ServiceHandler<Tx>>;

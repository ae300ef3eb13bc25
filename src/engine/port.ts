import type { NewEvent } from '../domain/events.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Actor } from '../domain/party.ts';
import type { Incident, Job, ProcessInstance, Task, Timer } from '../domain/process.ts';
import type { Inside, InterventionCommand } from './interpreter.ts';

/** What one step did: written in one transaction, all or nothing. */
export interface Advance {
  instance: ProcessInstance;
  events: NewEvent[];
  tasksOpened: Task[];
  timersSet: Timer[];
  jobsRequested: Job[];
  incidents: Incident[];
}

/** What the use case adds to a step, in its transaction. */
export interface Alongside<Tx> {
  /** Policy and payload check against what the transaction sees; throws to refuse the whole step. */
  check?(tx: Tx): Promise<void>;
  /** The use case's own writes; the events it returns are logged before those of the step. */
  write?(tx: Tx, step: { now: number }): Promise<NewEvent[]>;
}

/** What a task is known by, which never changes. */
export type WaitingTask = Pick<Task, 'id' | 'instance' | 'token'>;

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
  /** @throws DomainError TASK_ALREADY_DONE */
  complete(task: WaitingTask, variables: JsonObject, by: Actor, alongside?: Alongside<Tx>): Promise<Advance>;
  correlate(
    instance: string,
    message: string,
    payload: JsonObject,
    by: Actor,
    alongside?: Alongside<Tx>,
  ): Promise<Advance>;
  fire(timer: string, alongside?: Alongside<Tx>): Promise<Advance | null>;
  retry(incident: string, by: Actor, alongside?: Alongside<Tx>): Promise<Advance>;
  /**
   * Takes what an incident stopped as done, with the variables it would have brought; never a user task.
   * @throws DomainError INCIDENT_NOT_FOUND, INCIDENT_ALREADY_RESOLVED, SKIP_NOT_POSSIBLE, INTERVENTION_NOT_SUPPORTED
   */
  skip(incident: string, variables: JsonObject, by: Actor, alongside?: Alongside<Tx>): Promise<Advance>;
  /** Corrects variables of the process; nothing moves by itself. @throws DomainError INSTANCE_ENDED */
  setVariables(
    instance: string,
    variables: JsonObject,
    by: Actor,
    alongside?: Alongside<Tx>,
  ): Promise<Advance>;
  /**
   * Cancels what waits with a token and puts one on another flow node.
   * @throws DomainError TOKEN_NOT_WAITING, PLACE_NOT_ALLOWED, INSTANCE_ENDED, INTERVENTION_NOT_SUPPORTED
   */
  move(
    instance: string,
    move: { token: string; from: string; to: string },
    by: Actor,
    alongside?: Alongside<Tx>,
  ): Promise<Advance>;
  /** Ends an instance before its time. @throws DomainError INSTANCE_ENDED */
  cancel(instance: string, by: Actor, alongside?: Alongside<Tx>): Promise<Advance>;
  /** What an instance holds, with what may be done to it by hand. */
  inspect(instance: ProcessInstance): Promise<Inside>;
  /** The interventions this engine can carry out. */
  readonly interventions: readonly InterventionCommand[];
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

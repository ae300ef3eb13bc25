import type { Dossier } from '../domain/dossier.ts';
import type { NewEvent } from '../domain/events.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Actor } from '../domain/party.ts';
import type { Task } from '../domain/process.ts';
import type { ProcedureVersion } from '../procedures/types.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from '../usecases/dependencies.ts';

/** A user task about to be completed, its form already checked. */
export interface TaskWork {
  task: Task;
  dossier: Dossier;
  version: ProcedureVersion;
  payload: JsonObject;
  actor: Actor;
  now: number;
}

/** What completing a task means: variables for the diagram's gateways, and writes in the step's transaction. */
export interface TaskOutcome {
  variables: JsonObject;
  /** Runs again on a transient conflict: reads what it needs through the transaction, writes through it only. */
  write(tx: Tx): Promise<NewEvent[]>;
}

/**
 * Gives a user task its meaning. Rules are checked and slow work (rendering, signing) is done before it returns;
 * whatever must not change in between is checked again in `write`.
 */
export type TaskHandler = (core: Core, work: TaskWork) => Promise<TaskOutcome>;

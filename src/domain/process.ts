import type { Json, JsonObject } from './json.ts';
import type { Role } from './party.ts';

/** One running or ended execution of a published process definition. */
export interface ProcessInstance {
  id: string;
  /** The dossier it moves. */
  dossier: string;
  procedure: string;
  /** Content hash of the procedure version that the instance is pinned to. */
  definition: string;
  status: 'active' | 'completed' | 'terminated' | 'cancelled' | 'failed';
  /** The engine's own state: opaque to everyone else. */
  state: Json;
  /** Compare-and-set version: each advance adds one. */
  version: number;
  startedAt: number;
  endedAt: number | null;
  endEvent: string | null;
  /** The user tasks that wait now: whose turn it is follows from them. */
  openTasks: { id: string; flowNode: string; body: string | null }[];
  /** What called it; null: a use case began it. */
  parent: Caller | null;
}

/** The call by which one instance runs another one. */
export interface Caller {
  instance: string;
  /** Identifier of the call in the engine's state. */
  token: string;
  flowNode: string;
  /** How many calls lead to it, this one included. */
  depth: number;
}

export type TaskStatus = 'open' | 'completed' | 'cancelled';

/** One occurrence of a user task (WfMC work item). */
export interface Task {
  id: string;
  instance: string;
  dossier: string;
  dossierNumber: string | null;
  /** The account that applies for the dossier. */
  applicant: string;
  procedure: string;
  definition: string;
  flowNode: string;
  /** Identifier of the waiting point inside the engine's state. */
  token: string;
  /** Roles that may take it; applicants and architects only by their relation to the dossier. */
  roles: Role[];
  /** The body that must answer, when the task belongs to one. */
  body: string | null;
  /** Commune of the dossier. */
  territory: string;
  /** `<procedure>/<form>` to fill in; null when completing asks for nothing. */
  form: string | null;
  handler: string | null;
  status: TaskStatus;
  assignee: string | null;
  claimedAt: number | null;
  createdAt: number;
  dueAt: number | null;
  article: string | null;
  round: number;
  endedAt: number | null;
  completedBy: string | null;
  variables: JsonObject;
  version: number;
}

/** A waiting timer of an instance. */
export interface Timer {
  id: string;
  instance: string;
  dossier: string;
  flowNode: string;
  token: string;
  dueAt: number;
  /** Real time until which a poller holds it. */
  leasedUntil: number;
}

/** A service task to run: durable, retried with back-off, dead-lettered as an incident. */
export interface Job {
  id: string;
  instance: string;
  dossier: string;
  flowNode: string;
  token: string;
  handler: string;
  variables: JsonObject;
  /** How often it was begun, whatever came of it. */
  attempts: number;
  /** Real time before which it must not run again. */
  runAfter: number;
  leasedUntil: number;
  createdAt: number;
}

/** What one process has to say to another. */
export type Said =
  /** `key` is the correlation key; null: it has none. */
  | { kind: 'message'; name: string; key: Json; variables: JsonObject }
  | { kind: 'signal'; name: string; variables: JsonObject }
  /** A call activity asks for a process of the procedure of this identifier. */
  | { kind: 'call'; token: string; procedure: string; depth: number; variables: JsonObject }
  /** A called process has ended; `error` is the BPMN error that ended it. */
  | {
      kind: 'callEnd';
      token: string;
      status: Exclude<ProcessInstance['status'], 'active'>;
      error: string | null;
      variables: JsonObject;
    }
  /** A call is given up: its process is to be cancelled. */
  | { kind: 'callCancel'; call: string };

/** What one process of a dossier says to another: kept until it is received, once, or an incident stops it. */
export interface Delivery {
  /** Made of the sender's step: one that is made again does not send twice. */
  id: string;
  /** The instance that sent it. */
  instance: string;
  dossier: string;
  /** The flow node that sent it; for what is said about a call, that which called. */
  flowNode: string;
  /** The instance that it is for; null: one that is yet to be found, or begun. */
  receiver: string | null;
  says: Said;
  attempts: number;
  /** Real time before which it is not tried again; null: it has stopped, and an incident says why. */
  runAfter: number | null;
  leasedUntil: number;
  createdAt: number;
}

/** A stop that needs a person: where, why, and what was tried. */
export interface Incident {
  id: string;
  instance: string;
  dossier: string;
  procedure: string;
  territory: string;
  flowNode: string;
  /** The waiting point in the engine's state (an incident of the model), that of the job that failed for good, or the delivery. */
  token: string;
  kind: 'model' | 'job' | 'delivery';
  /** What failed for good, kept so that a retry runs exactly it. */
  job: { handler: string; variables: JsonObject } | null;
  code: string;
  message: string;
  attempts: number;
  createdAt: number;
  resolvedAt: number | null;
  resolvedBy: string | null;
}

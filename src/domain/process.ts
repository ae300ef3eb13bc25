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
}

export type TaskStatus = 'open' | 'completed' | 'cancelled';

/** One occurrence of a user task (WfMC work item). */
export interface Task {
  id: string;
  instance: string;
  dossier: string;
  dossierNumber: string | null;
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

/** A stop that needs a person: where, why, and what was tried. */
export interface Incident {
  id: string;
  instance: string;
  dossier: string;
  procedure: string;
  territory: string;
  flowNode: string;
  /** The waiting point in the engine's state (an incident of the model), or of the job that failed for good. */
  token: string;
  kind: 'model' | 'job';
  /** What failed for good, kept so that a retry runs exactly it. */
  job: { handler: string; variables: JsonObject } | null;
  code: string;
  message: string;
  attempts: number;
  createdAt: number;
  resolvedAt: number | null;
  resolvedBy: string | null;
}

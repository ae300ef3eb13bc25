import type { Json, JsonObject } from '../../domain/json.ts';
import { RejectedCommand } from '../interpreter.ts';
import type { Phase } from './marks.ts';

/** A token at rest. */
export interface StoredToken {
  node: string;
  /** The item it waits with; public identifier of its task, job or timer. */
  item: string;
  /**
   * `boundary` is an armed boundary event, `instance` one of a multi-instance activity, `gateway` an event-based gateway
   * behind which events wait; absent for all others.
   */
  role?: 'boundary' | 'instance' | 'gateway';
  /** Index of the token of the activity (boundary, instance) or gateway (events behind it). */
  of?: number;
  instance?: number;
  locals?: JsonObject;
  arrivedBy?: string;
  incident?: { id: string; phase: Phase };
}

/** The whole state of an instance: live tokens, and nothing of how they came there. */
export interface StoredState {
  schema: 1;
  engine: 'bpmn-server';
  definition: string;
  status: 'active' | 'completed' | 'terminated' | 'cancelled';
  /** The number of the next identifier; never goes back. */
  sequence: number;
  variables: JsonObject;
  tokens: StoredToken[];
}

/** Reads a stored state. @throws RejectedCommand when it is none, or belongs to another definition or engine */
export function asStoredState(state: Json, definition: string): StoredState {
  if (typeof state !== 'object' || state === null || Array.isArray(state) || state.engine !== 'bpmn-server') {
    throw new RejectedCommand('OTHER', 'the state is none of bpmn-server');
  }
  if (state.schema !== 1) throw new RejectedCommand('OTHER', `unknown state schema ${String(state.schema)}`);
  if (state.definition !== definition) {
    throw new RejectedCommand('OTHER', `the instance runs on definition ${String(state.definition)}`);
  }
  // Written by toStored and by nothing else: the marker, schema and definition have been checked.
  return state as unknown as StoredState;
}

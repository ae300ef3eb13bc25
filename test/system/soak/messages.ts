import type { JsonObject } from '../../../src/domain/json.ts';
import type { ProcessInstance } from '../../../src/domain/process.ts';

/** What the driver may ask of a node. */
export type Ask =
  | { ask: 'start'; instance: string; definition: string; procedure: string; variables: JsonObject }
  | { ask: 'complete'; instance: string; task: string; variables: JsonObject }
  | { ask: 'look'; instance: string };

/** An instance as a node shows it; null where there is none. */
export type View = Pick<ProcessInstance, 'status' | 'openTasks'> | null;

/** What a node answers: the instance after what was asked, or the code of its refusal. */
export type Answer = { view: View } | { refused: string; details: string };

export type ToNode = { clock: number } | ({ id: number } & Ask);
export type FromNode = { ready: true } | ({ id: number } & Answer);

import type { Json, JsonObject } from '../domain/json.ts';

/** A definition made ready to run; what is inside belongs to the interpreter that compiled it. */
export interface CompiledDefinition {
  hash: string;
  /** For each flow node its BPMN type and foreign attributes, e.g. `permit:body`. */
  nodes: Record<string, { type: string; extension: Record<string, string> }>;
}

/** Why an engine refuses a diagram. */
export interface Refusal {
  rule: string;
  element: string | null;
  message: string;
  params: Record<string, string>;
}

export type EngineCommand =
  | { type: 'start'; variables: JsonObject }
  | { type: 'completeTask'; id: string; variables: JsonObject }
  | { type: 'completeJob'; id: string; variables: JsonObject }
  | { type: 'correlateMessage'; name: string; variables: JsonObject }
  | { type: 'fireTimer'; id: string }
  | { type: 'retry'; id: string }
  | { type: 'cancel'; reason: string };

export type EngineEffect =
  | { type: 'taskCreated'; id: string; flowNode: string; variables: JsonObject; instance?: number }
  | { type: 'taskCompleted' | 'taskCancelled'; id: string; flowNode: string }
  | { type: 'jobRequested'; id: string; flowNode: string; variables: JsonObject }
  | { type: 'jobCompleted' | 'jobCancelled'; id: string; flowNode: string }
  | { type: 'timerScheduled'; id: string; flowNode: string; due: number }
  | { type: 'timerFired' | 'timerCancelled'; id: string; flowNode: string }
  | { type: 'messageSent' | 'signalThrown'; flowNode: string; name: string; variables: JsonObject }
  | { type: 'callRequested'; id: string; flowNode: string; process: string; variables: JsonObject }
  | { type: 'callCompleted' | 'callCancelled'; id: string; flowNode: string }
  | { type: 'escalationThrown'; flowNode: string; code: string; caughtBy: string | null }
  | { type: 'compensationStarted'; flowNode: string }
  | { type: 'incidentRaised'; id: string; flowNode: string; code: string; message: string }
  | { type: 'incidentResolved'; id: string; flowNode: string }
  | { type: 'flowNodeEntered' | 'flowNodeLeft' | 'endEventReached'; flowNode: string }
  | {
      type: 'instanceEnded';
      status: 'completed' | 'terminated' | 'cancelled' | 'failed';
      variables: JsonObject;
    };

/** A timer whose due instant the host computes, since only it knows working time. */
export interface TimerSpec {
  flowNode: string;
  kind: 'date' | 'duration' | 'cycle';
  value: string;
  attributes: Record<string, string>;
}

export interface StepContext {
  now: number;
  timerDue?: (timer: TimerSpec, now: number) => number;
}

/** An engine reduced to its essence: state and command in, state and effects out. Both engines stand behind it. */
export interface Interpreter {
  readonly name: 'bpmn-core' | 'bpmn-server';
  /** @throws RefusedDefinition when the diagram is outside the engine's profile. */
  compile(xml: string, hash: string): Promise<CompiledDefinition>;
  step(
    definition: CompiledDefinition,
    state: Json | null,
    command: EngineCommand,
    context: StepContext,
  ): Promise<{ state: Json; effects: EngineEffect[] }>;
}

/** Thrown when a diagram holds what the engine cannot run as BPMN 2.0 says. */
export class RefusedDefinition extends Error {
  readonly refusals: Refusal[];

  constructor(refusals: Refusal[]) {
    super(refusals.map((refusal) => refusal.message).join('\n'));
    this.name = 'RefusedDefinition';
    this.refusals = refusals;
  }
}

/** Thrown when a command does not fit the state, e.g. a task that no longer waits. */
export class RejectedCommand extends Error {
  readonly code: 'NOT_WAITING' | 'ENDED' | 'NO_SUBSCRIPTION' | 'OTHER';

  constructor(code: RejectedCommand['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RejectedCommand';
    this.code = code;
  }
}

/** Tells a command that comes too late, and would at any later time, from one that met a fault. */
export function isTooLate(error: unknown): error is RejectedCommand {
  return error instanceof RejectedCommand && (error.code === 'NOT_WAITING' || error.code === 'ENDED');
}

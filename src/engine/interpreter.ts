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
  | { type: 'correlateMessage'; name: string; key?: Json; variables: JsonObject }
  | { type: 'broadcastSignal'; name: string; variables: JsonObject }
  | { type: 'completeCall'; id: string; variables: JsonObject }
  /** Ends a call with a BPMN error. */
  | { type: 'throwError'; id: string; code: string; variables: JsonObject }
  | { type: 'fireTimer'; id: string }
  | { type: 'retry'; id: string }
  /** Takes what an incident of the model stopped as done. */
  | { type: 'skip'; id: string; variables: JsonObject }
  | { type: 'setVariables'; variables: JsonObject }
  | { type: 'moveToken'; token: string; node: string }
  | { type: 'cancel'; reason?: string };

export type EngineEffect =
  | { type: 'taskCreated'; id: string; flowNode: string; variables: JsonObject; instance?: number }
  | { type: 'taskCompleted' | 'taskCancelled'; id: string; flowNode: string }
  | { type: 'jobRequested'; id: string; flowNode: string; variables: JsonObject }
  | { type: 'jobCompleted' | 'jobCancelled'; id: string; flowNode: string }
  | { type: 'timerScheduled'; id: string; flowNode: string; due: number }
  | { type: 'timerFired' | 'timerCancelled'; id: string; flowNode: string }
  | { type: 'messageSent'; flowNode: string; name: string; key?: Json; variables: JsonObject }
  /** What waited for it in the same instance has it already. */
  | { type: 'signalThrown'; flowNode: string; name: string; variables: JsonObject }
  | { type: 'callRequested'; id: string; flowNode: string; process: string; variables: JsonObject }
  | { type: 'callCompleted' | 'callCancelled'; id: string; flowNode: string }
  | { type: 'escalationThrown'; flowNode: string; code: string; caughtBy: string | null }
  | { type: 'compensationStarted'; flowNode: string }
  | { type: 'incidentRaised'; id: string; flowNode: string; code: string; message: string }
  | { type: 'incidentResolved'; id: string; flowNode: string }
  | { type: 'variablesSet'; names: string[] }
  | { type: 'tokenMoved'; from: string; flowNode: string }
  | { type: 'flowNodeEntered' | 'flowNodeLeft' | 'endEventReached'; flowNode: string }
  | {
      type: 'instanceEnded';
      status: 'completed' | 'terminated' | 'cancelled' | 'failed';
      variables: JsonObject;
      /** The BPMN error that nothing caught. */
      error?: string;
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

/** The state after a step, and what the step did. */
export interface StepResult {
  state: Json;
  effects: EngineEffect[];
  /** Names of the messages for which it may have begun to wait. */
  awaits?: string[];
}

/** The commands by which a person intervenes and that not every engine has. */
export const INTERVENTIONS = ['skip', 'setVariables', 'moveToken'] as const;
export type InterventionCommand = (typeof INTERVENTIONS)[number];

/** A token at rest, and the flow nodes on which it may be put by hand. */
export interface RestingToken {
  id: string;
  flowNode: string;
  /** What it waits for: `task`, `job`, `timer`, `instances`, `subProcess`, `join` and so on. */
  waitsFor: string;
  /** Identifier of the task, job or incident it waits with. */
  work: string | null;
  mayGoTo: string[];
}

/** What a state holds, for whoever has to intervene. */
export interface Inside {
  variables: JsonObject;
  /** Empty where the engine lets none be moved. */
  tokens: RestingToken[];
  /** What leads where: sequence flows, activities to their boundary events, sub-processes to what is in them. */
  ways: { from: string; to: string }[];
  /** Flow nodes at which the process may begin. */
  starts: string[];
}

/** An engine reduced to its essence: state and command in, state and effects out. Both engines stand behind it. */
export interface Interpreter {
  readonly name: 'bpmn-core' | 'bpmn-server';
  /** The interventions it can carry out; it rejects the others as UNSUPPORTED. */
  readonly interventions: readonly InterventionCommand[];
  /** @throws RefusedDefinition when the diagram is outside the engine's profile. */
  compile(xml: string, hash: string): Promise<CompiledDefinition>;
  step(
    definition: CompiledDefinition,
    state: Json | null,
    command: EngineCommand,
    context: StepContext,
  ): Promise<StepResult>;
  /** Looks into a state without changing it. */
  inspect(definition: CompiledDefinition, state: Json): Promise<Inside>;
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
  readonly code:
    | 'NOT_WAITING'
    | 'ENDED'
    | 'NO_SUBSCRIPTION'
    | 'NOT_SKIPPABLE'
    | 'NOT_A_PLACE'
    | 'UNSUPPORTED'
    | 'OTHER';

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

/** Tells what an instance does not wait for, now or ever, from what met a fault. */
export function isNotAwaited(error: unknown): error is RejectedCommand {
  return isTooLate(error) || (error instanceof RejectedCommand && error.code === 'NO_SUBSCRIPTION');
}

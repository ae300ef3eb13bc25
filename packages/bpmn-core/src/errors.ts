import type { Refusal } from './types.ts';

/** Thrown when a diagram cannot be run exactly as BPMN 2.0 says; carries every refusal found. */
export class CompileError extends Error {
  readonly refusals: Refusal[];

  constructor(refusals: Refusal[]) {
    super(refusals.map((refusal) => `${refusal.element ?? 'document'}: ${refusal.message}`).join('\n'));
    this.name = 'CompileError';
    this.refusals = refusals;
  }
}

/** Thrown when an expression is not FEEL, or not the deterministic part of FEEL that runs here. */
export class ExpressionError extends Error {
  readonly expression: string;

  constructor(expression: string, message: string) {
    super(message);
    this.name = 'ExpressionError';
    this.expression = expression;
  }
}

/** Thrown when JSON is not the state of an instance, or is of a schema that this version does not know. */
export class StateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StateError';
  }
}

/** Why a command was not carried out. */
export type CommandErrorCode =
  /** `start` on an instance that exists. */
  | 'ALREADY_STARTED'
  /** Any other command on an instance that does not. */
  | 'NOT_STARTED'
  /** The instance has ended. */
  | 'ENDED'
  /** No open task, job, incident or timer has this id. */
  | 'NOT_WAITING'
  /** The incident stands at a gateway, or on the way out of a node: there is nothing to take as done. */
  | 'NOT_SKIPPABLE'
  /** Nothing waits for this message. */
  | 'NO_SUBSCRIPTION'
  /** The state belongs to another definition. */
  | 'DEFINITION_MISMATCH'
  /** The definition has no such process, or none that `start` can start. */
  | 'UNKNOWN_PROCESS'
  /** The state has no token with this id. */
  | 'UNKNOWN_TOKEN'
  /** The state has no scope with this id. */
  | 'UNKNOWN_SCOPE'
  /** The token is an instance of an activity that loops, which is moved or cancelled as a whole. */
  | 'TOKEN_OF_LOOP'
  /** A token cannot be put on this node, or not from where it is. */
  | 'NOT_A_PLACE';

/** Thrown when a command does not fit the instance; the state is as it was. */
export class CommandError extends Error {
  readonly code: CommandErrorCode;

  constructor(code: CommandErrorCode, message: string) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
  }
}

/** A fault of the diagram or its data that shows only at run time: it becomes an incident at the token. */
export class ModelError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'ModelError';
    this.code = code;
  }
}

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Definition } from '@shubbak/bpmn-core';
import type { EngineEffect, StepContext } from '../interpreter.ts';
import { ModelFault } from './fault.ts';
import type { Model } from './model.ts';
import type { StoredState } from './storedState.ts';

/** What an item waits with, as far as the host knows of it. */
export interface Announced {
  kind: 'task' | 'job' | 'timer' | 'incident';
  /** Public identifier: that of the item, or of its incident. */
  id: string;
  flowNode: string;
}

/** One step in progress: all that the guards may know, kept apart from every other step under way. */
export interface Step {
  readonly core: Definition;
  readonly model: Model;
  readonly context: StepContext;
  /** The state the step began with; null for a new instance. */
  readonly before: StoredState | null;
  readonly effects: EngineEffect[];
  /** By item, what the host has been told to be waiting. */
  readonly announced: Map<string, Announced>;
  /** Set when a terminate end event has ended the instance: nothing moves any more. */
  terminated: boolean;
  /** Nodes entered and instances made so far. */
  moves: number;
}

/** Moves in one step after which the diagram, or its data, is taken to run away; bpmn-core has the same limit. */
const MAX_MOVES = 10_000;

/** Counts moves of tokens. @throws ModelFault when there are too many, as in a loop in which nothing waits */
export function countMoves(moves: number): void {
  const step = currentStep();
  if (step.moves + moves > MAX_MOVES) {
    throw new ModelFault('TOO_MANY_MOVES', `more than ${MAX_MOVES} moves of tokens in one step`);
  }
  step.moves += moves;
}

const storage = new AsyncLocalStorage<Step>();

/** Runs `work` as the given step; two steps may be under way at once. */
export function runStep<Result>(step: Step, work: () => Promise<Result>): Promise<Result> {
  return storage.run(step, work);
}

/** The step that the code now running belongs to; null outside of steps. */
export function stepUnderWay(): Step | null {
  return storage.getStore() ?? null;
}

/** The step that the code now running belongs to. */
export function currentStep(): Step {
  const step = storage.getStore();
  if (step === undefined) throw new Error('bpmn-server was called outside a step');
  return step;
}

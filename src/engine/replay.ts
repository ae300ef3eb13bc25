import { isoTimerDue } from '@shubbak/bpmn-core';
import type { JsonObject } from '../domain/json.ts';
import type { Task } from '../domain/process.ts';
import type { RunnableDefinition } from './definitions.ts';
import { type DryRun, dryRun } from './dryRun.ts';
import type { Interpreter } from './interpreter.ts';
import type { Scenario } from './simulate.ts';
import { evaluate } from './timerRules.ts';

/** One thing that happened: a task was completed, or time passed until a timer fired or for a while. */
export interface ReplayStep {
  complete?: string;
  body?: string;
  variables?: JsonObject;
  /** Boundary event whose timer fires next. */
  until?: string;
  /** ISO 8601 duration in which no timer needs to fire. */
  wait?: string;
  /** The tasks that wait after it, as `<flow node>` or `<flow node>@<body>`, in alphabetical order. */
  expect: string[];
}

/** An anonymised history: what the handlers gave to the process, and what followed from each step. */
export interface ReplayCase {
  title: string;
  /** UTC instant, ISO 8601. */
  startAt: string;
  variables: JsonObject;
  /** What each service task gives, by flow node; the others give nothing. */
  services: Record<string, JsonObject>;
  /** Tasks that wait right after filing. */
  expect: string[];
  steps: ReplayStep[];
  /** The end event reached last. */
  end: string;
}

/** What a history says and the process did not do. */
export interface Difference {
  at: string;
  expected: string[];
  found: string[];
}

/** Thrown where a history cannot go on: the task it completes does not wait, or the timer it waits for never fires. */
export class CannotReplay extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CannotReplay';
  }
}

/** Plain days, as the histories count: no calendar moves their timers. */
export const PLAIN_TIME = {
  dueOf: ({ amount }: { amount: string }, now: number): number => dueAfter(amount, now),
  timerDue: ({ value }: { value: string }, now: number): number => dueAfter(value, now),
  evaluate,
};

/** A history as a scenario of a simulation. */
export function scenarioOf(history: ReplayCase): Scenario {
  return {
    startAt: Date.parse(history.startAt),
    variables: history.variables,
    service: (flowNode) => history.services[flowNode] ?? {},
    play: async (run) => {
      for (const [index, step] of history.steps.entries()) await follow(run, step, labelOf(index, step));
    },
  };
}

/**
 * Replays a history without effects and tells where the process went another way, with the run that it made.
 * @throws CannotReplay
 */
export async function replay(
  interpreter: Interpreter,
  definition: RunnableDefinition,
  history: ReplayCase,
): Promise<{ run: DryRun; differences: Difference[] }> {
  const { startAt, variables, service } = scenarioOf(history);
  const run = await dryRun({ interpreter, definition, startAt, variables, service, ...PLAIN_TIME });
  const differences: Difference[] = [];
  const compare = (at: string, expected: string[], found: string[]) => {
    if (expected.join() !== found.join()) differences.push({ at, expected, found });
  };
  compare('after filing', history.expect, waiting(run));
  for (const [index, step] of history.steps.entries()) {
    await follow(run, step, labelOf(index, step));
    compare(labelOf(index, step), step.expect, waiting(run));
  }
  compare(
    'incidents',
    [],
    run.incidents.map(({ flowNode, code }) => `${flowNode} ${code}`),
  );
  const { status, endEvent } = run.instance;
  compare('end', [history.end], status === 'active' ? ['active'] : [endEvent ?? '']);
  return { run, differences };
}

const labelOf = (index: number, step: ReplayStep): string =>
  `step ${index + 1}: ${step.complete ?? step.until ?? step.wait}`;

function dueAfter(amount: string, now: number): number {
  return isoTimerDue({ flowNode: '', kind: 'duration', value: amount, attributes: {} }, now);
}

async function follow(run: DryRun, step: ReplayStep, label: string): Promise<void> {
  if (step.complete !== undefined) {
    const [task, second] = run.openTasks().filter(isMeant(step));
    if (task === undefined || second !== undefined)
      throw new CannotReplay(`${label}: ${task === undefined ? 'no task waits' : 'several tasks wait'}`);
    await run.complete(task.id, step.variables ?? {});
  } else if (step.until !== undefined) await waitUntil(run, step.until, label);
  else if (step.wait !== undefined) await run.advanceTo(dueAfter(step.wait, run.now));
  else throw new CannotReplay(`${label} says nothing to do`);
}

async function waitUntil(run: DryRun, flowNode: string, label: string): Promise<void> {
  const fired = () =>
    run.events.filter((event) => event.type === 'TimerFired' && event.flowNode === flowNode).length;
  const before = fired();
  while (fired() === before) {
    const next = run.nextTimerAt();
    if (next === null) throw new CannotReplay(`${label}: ${flowNode} never fires`);
    await run.advanceTo(next);
  }
}

const isMeant =
  ({ complete, body }: ReplayStep) =>
  (task: Task): boolean =>
    task.flowNode === complete && (body === undefined || task.body === body);

const waiting = (run: DryRun): string[] =>
  run
    .openTasks()
    .map(({ flowNode, body }) => (body === null ? flowNode : `${flowNode}@${body}`))
    .sort();

import { isoTimerDue } from '@shubbak/bpmn-core';
import { expect } from 'chai';
import type { JsonObject } from '../../src/domain/json.ts';
import type { Task } from '../../src/domain/process.ts';
import { type DryRun, dryRun } from '../../src/engine/dryRun.ts';
import type { Interpreter } from '../../src/engine/interpreter.ts';
import { evaluate } from '../../src/engine/timerRules.ts';
import type { ProcedureVersion } from '../../src/procedures/types.ts';

/** One thing that happened: a task was completed, or time passed until a timer fired or for a while. */
interface Step {
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
  startAt: string;
  variables: JsonObject;
  /** What each service task gives, by flow node; the others give nothing. */
  services: Record<string, JsonObject>;
  /** Tasks that wait right after filing. */
  expect: string[];
  steps: Step[];
  /** The end event reached last. */
  end: string;
}

/**
 * Replays a history on the engine, without effects, and checks each step; time limits count plain days here. Answers
 * the flow nodes it went through.
 */
export async function replayCase(
  interpreter: Interpreter,
  version: ProcedureVersion,
  history: ReplayCase,
): Promise<Set<string>> {
  refuseUnknownKeys(history);
  const run = await dryRun({
    interpreter,
    definition: version,
    startAt: Date.parse(history.startAt),
    variables: history.variables,
    service: (flowNode) => history.services[flowNode] ?? {},
    dueOf: ({ amount }, now) => due(amount, now),
    timerDue: ({ value }, now) => due(value, now),
    evaluate,
  });
  expect(waiting(run), 'after filing').to.deep.equal(history.expect);
  for (const [index, step] of history.steps.entries()) {
    const label = `step ${index + 1}: ${step.complete ?? step.until ?? step.wait}`;
    await follow(run, step, label);
    expect(waiting(run), label).to.deep.equal(step.expect);
  }
  expect(run.incidents, 'incidents').to.deep.equal([]);
  expect(run.instance.status, 'status').to.not.equal('active');
  expect(run.instance.endEvent, 'end').to.equal(history.end);
  const entered = run.events.filter(({ type }) =>
    ['FlowNodeEntered', 'TimerFired', 'EndEventReached'].includes(type),
  );
  return new Set(entered.flatMap(({ flowNode }) => flowNode ?? []));
}

/** A misspelt key would make a case check less than it seems to. */
function refuseUnknownKeys(history: ReplayCase): void {
  expect(history).to.have.all.keys('title', 'startAt', 'variables', 'services', 'expect', 'steps', 'end');
  for (const step of history.steps) {
    const known = ['complete', 'body', 'variables', 'until', 'wait', 'expect'];
    expect(known).to.include.members(Object.keys(step));
    expect(step.expect).to.be.an('array');
  }
}

const due = (amount: string, now: number): number =>
  isoTimerDue({ flowNode: '', kind: 'duration', value: amount, attributes: {} }, now);

async function follow(run: DryRun, step: Step, label: string): Promise<void> {
  if (step.complete !== undefined) {
    const task = run.openTasks().filter(isMeant(step));
    expect(task, `${label}: tasks that fit`).to.have.length(1);
    for (const { id } of task) await run.complete(id, step.variables ?? {});
  } else if (step.until !== undefined) await waitUntil(run, step.until, label);
  else if (step.wait !== undefined) await run.advanceTo(due(step.wait, run.now));
  else throw new Error(`${label} says nothing to do`);
}

async function waitUntil(run: DryRun, flowNode: string, label: string): Promise<void> {
  const fired = () =>
    run.events.filter((event) => event.type === 'TimerFired' && event.flowNode === flowNode).length;
  const before = fired();
  while (fired() === before) {
    const next = run.nextTimerAt();
    if (next === null) throw new Error(`${label}: ${flowNode} never fires`);
    await run.advanceTo(next);
  }
}

const isMeant =
  ({ complete, body }: Step) =>
  (task: Task): boolean =>
    task.flowNode === complete && (body === undefined || task.body === body);

const waiting = (run: DryRun): string[] =>
  run
    .openTasks()
    .map(({ flowNode, body }) => (body === null ? flowNode : `${flowNode}@${body}`))
    .sort();

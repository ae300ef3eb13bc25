import { expect } from 'chai';
import type { Interpreter } from '../../src/engine/interpreter.ts';
import { type ReplayCase, replay } from '../../src/engine/replay.ts';
import type { ProcedureVersion } from '../../src/procedures/types.ts';

export type { ReplayCase } from '../../src/engine/replay.ts';

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
  const { run, differences } = await replay(interpreter, version, history);
  expect(differences).to.deep.equal([]);
  const entered = run.events.filter(({ type }) =>
    ['FlowNodeEntered', 'TaskCreated', 'JobRequested', 'TimerFired', 'EndEventReached'].includes(type),
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

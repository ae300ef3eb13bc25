import { isoTimerDue } from '@shubbak/bpmn-core';
import { currentStep } from './currentStep.ts';
import { ModelFault } from './fault.ts';
import type { Token } from './library.ts';
import { visibleVariables } from './variables.ts';

/** When the timer of a node is due, as the host reckons it; `token` is the one whose variables its text may use. */
export function dueOf(flowNode: string, token: Token): number {
  const { core, context } = currentStep();
  const event = core.nodes[flowNode]?.event;
  if (event?.kind !== 'timer') throw new Error(`${flowNode} has no timer`);
  const { kind, value: text, attributes } = event.timer;
  const value = typeof text === 'string' ? text : text.evaluate(visibleVariables(token));
  if (typeof value !== 'string') {
    throw new ModelFault(
      'TIMER_INVALID',
      `the timer of ${flowNode} is ${JSON.stringify(value)}, not ISO 8601 text`,
    );
  }
  const timer = { flowNode, kind, value, attributes: { ...attributes } };
  const due = (context.timerDue ?? isoTimerDue)(timer, context.now);
  if (!Number.isFinite(due)) throw new ModelFault('TIMER_INVALID', `the timer of ${flowNode} is never due`);
  return due;
}

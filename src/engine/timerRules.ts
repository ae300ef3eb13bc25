import { compileExpression } from '@shubbak/bpmn-core';
import type { Json, JsonObject } from '../domain/json.ts';
import { deadline } from '../domain/legalTime/deadline.ts';
import type { WorkingTime } from '../domain/legalTime/workingTime.ts';
import type { TimerSpec } from './interpreter.ts';

const compiled = new Map<string, (variables: JsonObject) => Json>();

/** Value of a FEEL expression of a diagram, compiled once. */
export function evaluate(expression: string, variables: JsonObject): Json {
  let value = compiled.get(expression);
  if (value === undefined) {
    value = compileExpression(expression);
    compiled.set(expression, value);
  }
  return value(variables);
}

/** When a timer of a diagram is due: durations count in the calendar that `permit:calendar` names. */
export function timerDue(workingTime: WorkingTime, timer: TimerSpec, now: number): number {
  if (timer.kind === 'date') {
    const due = Date.parse(timer.value);
    if (Number.isNaN(due)) throw new RangeError(`${timer.flowNode}: ${timer.value} is not an instant`);
    return due;
  }
  if (timer.kind === 'cycle') throw new RangeError(`${timer.flowNode}: a cycle has no single due instant`);
  const calendar = timer.attributes['permit:calendar'] === 'workingDays' ? 'workingDays' : 'calendarDays';
  return deadline(workingTime, now, { amount: timer.value, calendar });
}

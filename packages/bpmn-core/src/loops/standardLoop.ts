import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { StandardLoop } from '../types.ts';

/**
 * Begins a standard loop (clauses 10.3.8 and 13.3.6): with its first iteration, unless the condition is asked before it
 * and is false, which completes the activity at once.
 */
export function startIterations(kernel: Kernel, activity: LiveToken, definition: StandardLoop): void {
  if (definition.testBefore && !goesOn(kernel, activity, definition, 0)) {
    kernel.schedule(activity, 'leave');
    return;
  }
  kernel.countMove();
  kernel.wait(activity, 'instances');
  iterate(kernel, activity, 0);
}

/** An iteration has done its work: the next begins, or the activity is left. */
export function leaveIteration(kernel: Kernel, iteration: LiveToken, definition: StandardLoop): void {
  const activity = kernel.token(iteration.of);
  const done = iteration.instance + 1;
  const again = goesOn(kernel, iteration, definition, done);
  if (again) kernel.countMove();
  kernel.consume(iteration);
  if (again) {
    iterate(kernel, activity, done);
    return;
  }
  activity.loop = null;
  kernel.schedule(activity, 'leave');
}

/** Whether one more iteration follows `done` of them; the condition sees their number as `loopCounter`. */
function goesOn(kernel: Kernel, token: LiveToken, definition: StandardLoop, done: number): boolean {
  const { condition, maximum } = definition;
  if (maximum !== null && done >= maximum) return false;
  return condition === null || kernel.test(condition, token, token.node.id, { loopCounter: done });
}

function iterate(kernel: Kernel, activity: LiveToken, index: number): void {
  const iteration = kernel.create(activity.node, activity.scope);
  iteration.of = activity.id;
  iteration.instance = index;
  iteration.variables = { loopCounter: index + 1 };
  activity.loop = { total: index + 1, made: index + 1, done: index };
  kernel.touch(activity);
  kernel.schedule(iteration, 'execute');
}

import { raiseError } from '../events/error.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { Variables } from '../types.ts';
import { getWaiting } from './waiting.ts';

/** A task, job or call ends with a BPMN error: the nearest boundary event that catches it leads on, or the instance fails. */
export function throwError(
  kernel: Kernel,
  command: { id: string; code: string; variables?: Variables },
): void {
  const token = getWaiting(kernel, ['task', 'job', 'call'], command.id);
  raiseError(kernel, command.code, token, command.variables);
}

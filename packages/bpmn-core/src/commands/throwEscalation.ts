import { escalate } from '../events/escalation.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { Variables } from '../types.ts';
import { getWaiting } from './waiting.ts';

/** A task, job or call asks for attention and goes on, unless what catches the escalation interrupts it. */
export function throwEscalation(
  kernel: Kernel,
  command: { id: string; code: string; variables?: Variables },
): void {
  const token = getWaiting(kernel, ['task', 'job', 'call'], command.id);
  escalate(kernel, command.code, token, command.variables);
}

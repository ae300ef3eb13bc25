import type { Kernel } from '../runtime/kernel.ts';
import type { Variables } from '../types.ts';
import { getWaiting } from './waiting.ts';

/** The work of a task or job is done: its token goes on with the variables it brought. */
export function complete(
  kernel: Kernel,
  kind: 'task' | 'job',
  command: { id: string; variables?: Variables },
): void {
  const token = getWaiting(kernel, [kind], command.id);
  const flowNode = token.node.id;
  kernel.emit({ type: kind === 'task' ? 'taskCompleted' : 'jobCompleted', id: command.id, flowNode });
  kernel.assign(token, command.variables);
  kernel.schedule(token, 'leave');
}

import { passed } from '../activities/callActivity.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { Variables } from '../types.ts';
import { getWaiting } from './waiting.ts';

/** The called process has ended: its token goes on with the data that is drawn to come out. */
export function completeCall(kernel: Kernel, command: { id: string; variables?: Variables }): void {
  const token = getWaiting(kernel, ['call'], command.id);
  kernel.emit({ type: 'callCompleted', id: command.id, flowNode: token.node.id });
  kernel.assign(token, passed(token.node.call?.out ?? [], command.variables ?? {}));
  kernel.schedule(token, 'leave');
}

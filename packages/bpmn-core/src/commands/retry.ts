import type { Kernel } from '../runtime/kernel.ts';
import type { Variables } from '../types.ts';
import { getWaiting } from './waiting.ts';

/** The cause of an incident is out of the way: its token tries again what failed, with corrected variables if need be. */
export function retry(kernel: Kernel, command: { id: string; variables?: Variables }): void {
  const token = getWaiting(kernel, ['incident'], command.id);
  const phase = token.phase ?? 'execute';
  kernel.emit({ type: 'incidentResolved', id: command.id, flowNode: token.node.id });
  kernel.assign(token, command.variables);
  kernel.schedule(token, phase);
}

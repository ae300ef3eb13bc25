import { CommandError } from '../errors.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { Variables } from '../types.ts';
import { getWaiting } from './waiting.ts';

/**
 * Somebody takes what an incident stopped as done, with the variables it would have brought: its token goes on behind it. A
 * gateway does nothing but choose, and what failed on its way out is done already: neither can be skipped.
 * @throws CommandError NOT_WAITING, NOT_SKIPPABLE
 */
export function skip(kernel: Kernel, command: { id: string; variables?: Variables }): void {
  const token = getWaiting(kernel, ['incident'], command.id);
  const flowNode = token.node.id;
  if (token.phase === 'leave' || token.node.type.endsWith('Gateway')) {
    const text = `${flowNode} has no work to skip, only a way out that was not found: correct the variables and retry`;
    throw new CommandError('NOT_SKIPPABLE', text);
  }
  kernel.emit({ type: 'incidentResolved', id: command.id, flowNode });
  kernel.assign(token, command.variables);
  kernel.schedule(token, 'leave');
}

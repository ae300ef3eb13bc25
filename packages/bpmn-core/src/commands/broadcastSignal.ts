import { CommandError } from '../errors.ts';
import { broadcast } from '../events/signal.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { Variables } from '../types.ts';

/** A signal arrives: everything that waits for it receives it. */
export function broadcastSignal(kernel: Kernel, command: { name: string; variables?: Variables }): void {
  if (broadcast(kernel, command.name, command.variables)) return;
  throw new CommandError('NO_SUBSCRIPTION', `nothing waits for signal ${command.name}`);
}

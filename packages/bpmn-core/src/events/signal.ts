import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { Subscription, Variables } from '../types.ts';
import { deliver } from './deliver.ts';

/**
 * Throws a signal (clauses 10.5.6 and 13.5.2): all that waits for it in this instance receives it at once; the host brings
 * it to every other instance.
 */
export function throwSignal(kernel: Kernel, token: LiveToken, name: string): void {
  kernel.emit({ type: 'signalThrown', flowNode: token.node.id, name, variables: kernel.variables(token) });
  broadcast(kernel, name, undefined);
}

/** Brings a signal to everything that waited for it when it came; answers whether anything did. */
export function broadcast(kernel: Kernel, name: string, variables: Variables | undefined): boolean {
  const waiting = kernel.subscriptions.filter((one) => one.kind === 'signal' && one.name === name);
  for (const subscription of waiting) {
    // One that came before may have cancelled what this one belongs to.
    if (isOpen(kernel, subscription)) deliver(kernel, subscription, variables);
  }
  return waiting.length > 0;
}

const isOpen = (kernel: Kernel, { id }: Subscription): boolean =>
  kernel.subscriptions.some((one) => one.id === id);

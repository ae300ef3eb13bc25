import { CommandError } from '../errors.ts';
import { deliver } from '../events/deliver.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { Json, Variables } from '../types.ts';

/** A message arrives: the oldest subscription to its name, and to its key if it has one, receives it. */
export function correlateMessage(
  kernel: Kernel,
  command: { name: string; key?: Json; variables?: Variables },
): void {
  const { name, key } = command;
  const subscription = kernel.subscriptions.find(
    (candidate) =>
      candidate.kind === 'message' &&
      candidate.name === name &&
      (candidate.key === undefined || candidate.key === key),
  );
  if (subscription === undefined) {
    const text = key === undefined ? '' : ` with key ${JSON.stringify(key)}`;
    throw new CommandError('NO_SUBSCRIPTION', `nothing waits for message ${name}${text}`);
  }
  deliver(kernel, subscription, command.variables);
}

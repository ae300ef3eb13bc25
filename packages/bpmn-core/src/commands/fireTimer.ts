import { CommandError } from '../errors.ts';
import { deliver } from '../events/deliver.ts';
import { subscribe } from '../events/subscribe.ts';
import { nextFiring } from '../events/timer.ts';
import type { Kernel } from '../runtime/kernel.ts';

/** The host says that a timer is due; a cycle is scheduled again under a new id. */
export function fireTimer(kernel: Kernel, command: { id: string }): void {
  const timer = kernel.subscriptions.find((candidate) => candidate.id === command.id);
  if (timer?.kind !== 'timer') throw new CommandError('NOT_WAITING', `no timer has the id ${command.id}`);
  kernel.remove(timer);
  kernel.emit({ type: 'timerFired', id: timer.id, flowNode: timer.node });
  const next = kernel.node(timer.node).interrupting ? null : nextFiring(kernel, timer);
  if (next) subscribe(kernel, next);
  deliver(kernel, timer, undefined);
}

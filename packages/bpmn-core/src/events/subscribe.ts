import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { FlowNode, Subscription } from '../types.ts';
import { correlationKey } from './message.ts';
import { prepareTimer } from './timer.ts';

/**
 * Works out what a catching node waits for on behalf of a token, without waiting yet: all that can fail is done before
 * anything changes. Null where the node waits for nothing by itself, as an error boundary event.
 */
export function prepareSubscription(kernel: Kernel, node: FlowNode, host: LiveToken): Subscription | null {
  const event = node.event;
  if (event?.kind === 'timer') return prepareTimer(kernel, node, event.timer, host);
  if (event?.kind !== 'message') return null;
  const key = correlationKey(kernel, host, event.message);
  const { name } = event.message;
  if (key === undefined) return { id: '', kind: 'message', node: node.id, token: host.id, name };
  return { id: '', kind: 'message', node: node.id, token: host.id, name, key };
}

/** Starts to wait for what was prepared; timers are announced to the host. */
export function subscribe(kernel: Kernel, prepared: Subscription): void {
  const subscription = { ...prepared, id: kernel.identify(prepared.kind) };
  kernel.subscribe(subscription);
  if (subscription.kind !== 'timer') return;
  const { id, node: flowNode, due } = subscription;
  kernel.emit({ type: 'timerScheduled', id, flowNode, due });
}

import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { EventDefinition, FlowNode, Subscription } from '../types.ts';
import { correlationKey } from './message.ts';
import { partsOf } from './parts.ts';
import { prepareTimer } from './timer.ts';

/**
 * Works out what a catching node waits for on behalf of a token (null: of the process), without waiting yet: all that can
 * fail is done before anything changes. Empty where the node waits for nothing by itself, as an error boundary event.
 */
export function prepareSubscriptions(kernel: Kernel, node: FlowNode, host: LiveToken | null): Subscription[] {
  const prepared: Subscription[] = [];
  for (const [part, event] of partsOf(node).entries()) {
    const subscription = prepare(kernel, node, event, host);
    if (subscription !== null) prepared.push(node.event === event ? subscription : { ...subscription, part });
  }
  return prepared;
}

function prepare(
  kernel: Kernel,
  node: FlowNode,
  event: EventDefinition,
  host: LiveToken | null,
): Subscription | null {
  const common = { id: '', node: node.id, token: host?.id ?? 0 };
  switch (event.kind) {
    case 'timer':
      return prepareTimer(kernel, node, event.timer, host);
    case 'signal':
      return { ...common, kind: 'signal', name: event.name };
    case 'condition':
      return { ...common, kind: 'condition', was: false };
    case 'message': {
      const key = correlationKey(kernel, host, event.message);
      const { name } = event.message;
      return key === undefined
        ? { ...common, kind: 'message', name }
        : { ...common, kind: 'message', name, key };
    }
    default:
      return null;
  }
}

/** Starts to wait for what was prepared; timers are announced to the host. */
export function subscribe(kernel: Kernel, prepared: Subscription): void {
  const subscription = { ...prepared, id: kernel.identify(prepared.kind) };
  kernel.subscribe(subscription);
  if (subscription.kind !== 'timer') return;
  const { id, node: flowNode, due } = subscription;
  kernel.emit({ type: 'timerScheduled', id, flowNode, due });
}

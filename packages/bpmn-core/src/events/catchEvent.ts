import type { Behaviour, Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { FlowNode, Variables } from '../types.ts';
import { prepareSubscription, subscribe } from './subscribe.ts';

/** An intermediate catch event waits for its message or timer (clauses 10.5.4 and 13.5.2). */
export const catchEvent: Behaviour = {
  waits: () => true,
  execute(kernel, token) {
    const subscription = prepareSubscription(kernel, token.node, token);
    kernel.wait(token, token.node.event?.kind === 'timer' ? 'timer' : 'message');
    if (subscription) subscribe(kernel, subscription);
  },
};

/**
 * The awaited event has occurred: the token leaves the catching node. A token that waits at an event-based gateway
 * first moves there, and the other events are no longer awaited (clause 13.4.4).
 */
export function occur(
  kernel: Kernel,
  node: FlowNode,
  token: LiveToken,
  variables: Variables | undefined,
): void {
  if (token.waiting === 'events') {
    kernel.unsubscribe(token);
    kernel.emit({ type: 'flowNodeLeft', flowNode: token.node.id });
    kernel.place(token, node, null);
    kernel.emit({ type: 'flowNodeEntered', flowNode: node.id });
  }
  kernel.assign(token, variables);
  kernel.schedule(token, 'leave');
}

import type { Behaviour, Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { FlowNode, Variables, Waiting } from '../types.ts';
import { prepareSubscription, subscribe } from './subscribe.ts';

/**
 * An intermediate catch event waits for its message, timer, signal or condition (clauses 10.5.4 and 13.5.2). The catching
 * end of a link only leads on. A condition may be true already: it alone gives a token no rest that can be counted on.
 */
export const catchEvent: Behaviour = {
  waits: ({ event }) => event?.kind !== 'link' && event?.kind !== 'condition',
  execute(kernel, token) {
    const subscription = prepareSubscription(kernel, token.node, token);
    if (subscription === null) {
      kernel.schedule(token, 'leave');
      return;
    }
    const waiting: Waiting = subscription.kind;
    kernel.wait(token, waiting);
    subscribe(kernel, subscription);
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
  kernel.unsubscribe(token);
  kernel.assign(token, variables);
  kernel.schedule(token, 'leave');
}

import type { Behaviour, Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { FlowNode, Variables } from '../types.ts';
import { partsOf } from './parts.ts';
import { prepareSubscriptions, subscribe } from './subscribe.ts';

/**
 * An intermediate catch event waits for its message, timer, signal or condition, or several (clauses 10.5.4 and 13.5.2). The catching
 * end of a link only leads on. A condition may be true already: it alone gives a token no rest that can be counted on.
 */
export const catchEvent: Behaviour = {
  waits: (node) => partsOf(node).every(({ kind }) => kind !== 'link' && kind !== 'condition'),
  execute(kernel, token) {
    const prepared = prepareSubscriptions(kernel, token.node, token);
    const [first] = prepared;
    if (first === undefined) {
      kernel.schedule(token, 'leave');
      return;
    }
    kernel.wait(token, first.kind);
    for (const subscription of prepared) subscribe(kernel, subscription);
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

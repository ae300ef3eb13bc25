import { prepareSubscriptions, subscribe } from '../events/subscribe.ts';
import type { Behaviour, Kernel } from '../runtime/kernel.ts';
import type { FlowNode } from '../types.ts';

/** Waits for all the events drawn behind it; the first that occurs decides the way (clauses 10.6.6 and 13.4.4). */
export const eventBasedGateway: Behaviour = {
  waits: () => true,
  execute(kernel, token) {
    const prepared = targets(kernel, token.node).flatMap((target) =>
      prepareSubscriptions(kernel, target, token),
    );
    kernel.wait(token, 'events');
    for (const subscription of prepared) subscribe(kernel, subscription);
  },
};

function targets(kernel: Kernel, node: FlowNode): FlowNode[] {
  return node.outgoing.map((flow) => kernel.node(kernel.definition.flows[flow]?.target ?? ''));
}

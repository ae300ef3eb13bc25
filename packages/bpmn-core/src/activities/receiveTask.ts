import { prepareSubscriptions, subscribe } from '../events/subscribe.ts';
import type { Behaviour } from '../runtime/kernel.ts';

/** Waits until its message arrives (clauses 10.3.3 and 13.3.3). */
export const receiveTask: Behaviour = {
  waits: () => true,
  execute(kernel, token) {
    const prepared = prepareSubscriptions(kernel, token.node, token);
    kernel.wait(token, 'message');
    for (const subscription of prepared) subscribe(kernel, subscription);
  },
};

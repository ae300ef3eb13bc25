import type { Behaviour } from '../runtime/kernel.ts';
import { prepareEventStarts } from '../subprocess/eventSubProcess.ts';
import { subscribe } from './subscribe.ts';

/**
 * A start event has been triggered before its token exists: it only leads on (clauses 10.5.2 and 13.5.1). With that of the
 * process begins the waiting for its event sub-processes.
 */
export const startEvent: Behaviour = {
  waits: () => false,
  execute(kernel, token) {
    const { container } = token.node;
    if (kernel.definition.processes[container] !== undefined) {
      for (const one of prepareEventStarts(kernel, container, null)) subscribe(kernel, one);
    }
    kernel.schedule(token, 'leave');
  },
};

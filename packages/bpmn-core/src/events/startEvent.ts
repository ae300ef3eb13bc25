import type { Behaviour } from '../runtime/kernel.ts';

/** A start event has been triggered before its token exists: it only leads on (clauses 10.5.2 and 13.5.1). */
export const startEvent: Behaviour = {
  waits: () => false,
  execute(kernel, token) {
    kernel.schedule(token, 'leave');
  },
};

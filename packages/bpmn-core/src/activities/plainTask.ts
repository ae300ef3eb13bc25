import type { Behaviour } from '../runtime/kernel.ts';

/**
 * A task of no type, or a manual task that no engine manages: there is nothing to wait for (clauses 10.3.3 and 13.3.3).
 */
export const plainTask: Behaviour = {
  waits: () => false,
  execute(kernel, token) {
    kernel.schedule(token, 'leave');
  },
};

import type { Behaviour } from '../runtime/kernel.ts';

/** Passes each token on by itself, along the first flow whose condition is true (clauses 10.6.2 and 13.4.2). */
export const exclusiveGateway: Behaviour = {
  waits: () => false,
  execute(kernel, token) {
    kernel.schedule(token, 'leave');
  },
};

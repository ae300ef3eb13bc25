import type { Behaviour } from '../runtime/kernel.ts';

/** Computes one variable from the others, and is done (clauses 10.3.3 and 13.3.3). */
export const scriptTask: Behaviour = {
  waits: () => false,
  execute(kernel, token) {
    const { script } = token.node;
    if (script === null) throw new Error(`${token.node.id} has no script`);
    kernel.assign(token, { [script.resultVariable]: kernel.evaluate(script.expression, token) });
    kernel.schedule(token, 'leave');
  },
};

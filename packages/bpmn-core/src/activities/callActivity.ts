import type { Behaviour } from '../runtime/kernel.ts';
import type { Passed, Variables } from '../types.ts';

/**
 * A call activity has the host run another process (clauses 10.3.6 and 13.3.4). Only the data that is drawn goes in, and only
 * what is drawn comes out: the called process sees nothing else of this one.
 */
export const callActivity: Behaviour = {
  waits: () => true,
  execute(kernel, token) {
    const call = token.node.call;
    if (call === null) throw new Error(`${token.node.id} calls nothing`);
    const variables = passed(call.in, kernel.variables(token));
    const id = kernel.identify('call');
    const flowNode = token.node.id;
    const { process } = call;
    kernel.wait(token, 'call', id);
    if (token.instance < 0) kernel.emit({ type: 'callRequested', id, flowNode, process, variables });
    else kernel.emit({ type: 'callRequested', id, flowNode, process, variables, instance: token.instance });
  },
};

/** What the mappings of a call make of some variables. */
export function passed(mappings: readonly Passed[], from: Variables): Variables {
  let to: Variables = {};
  for (const { source, target } of mappings) {
    if (source === null || target === null) to = { ...to, ...from };
    else to = { ...to, [target]: source.evaluate(from) };
  }
  return to;
}

import type { Behaviour } from '../runtime/kernel.ts';

/** A service task or business rule task: the host does the work as a job (clauses 10.3.3 and 13.3.3). */
export const job: Behaviour = {
  waits: () => true,
  execute(kernel, token) {
    const id = kernel.identify('job');
    const flowNode = token.node.id;
    const variables = kernel.variables(token);
    kernel.wait(token, 'job', id);
    if (token.instance < 0) kernel.emit({ type: 'jobRequested', id, flowNode, variables });
    else kernel.emit({ type: 'jobRequested', id, flowNode, variables, instance: token.instance });
  },
};

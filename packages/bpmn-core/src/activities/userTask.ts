import type { Behaviour } from '../runtime/kernel.ts';

/** Lets a person do the work: the token waits until the task is completed (clauses 10.3.3 and 13.3.3). */
export const userTask: Behaviour = {
  waits: () => true,
  execute(kernel, token) {
    const id = kernel.identify('task');
    const flowNode = token.node.id;
    const variables = kernel.variables(token);
    kernel.wait(token, 'task', id);
    if (token.instance < 0) kernel.emit({ type: 'taskCreated', id, flowNode, variables });
    else kernel.emit({ type: 'taskCreated', id, flowNode, variables, instance: token.instance });
  },
};

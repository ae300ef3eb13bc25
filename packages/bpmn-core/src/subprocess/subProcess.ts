import { gatherCompleted } from '../compensation/completed.ts';
import { subscribe } from '../events/subscribe.ts';
import type { Behaviour, Kernel } from '../runtime/kernel.ts';
import { prepareEventStarts } from './eventSubProcess.ts';

/** A sub-process of any kind runs its own flow while its token waits (clauses 10.3.5 and 13.3.4). */
export const subProcess: Behaviour = {
  // What is inside decides; the rule on cycles without a wait state looks there.
  waits: () => false,
  execute(kernel, token) {
    const start = kernel.definition.containers[token.node.id]?.noneStart ?? null;
    if (start === null) throw new Error(`${token.node.id} has no start event`);
    const prepared = prepareEventStarts(kernel, token.node.id, token);
    kernel.wait(token, 'subProcess');
    const scope = kernel.openScope(token.node, token);
    for (const subscription of prepared) subscribe(kernel, subscription);
    kernel.schedule(kernel.create(kernel.node(start), scope.id), 'enter');
  },
};

/** Completes the sub-processes in which no token is left (clause 13.3.4). */
export function completeSubProcesses(kernel: Kernel): boolean {
  if (kernel.scopes.length === 0) return false;
  const busy = new Set<number>();
  for (const token of kernel.tokens) if (token.alive) busy.add(token.scope);
  let completed = false;
  for (const scope of kernel.scopes) {
    if (busy.has(scope.id)) continue;
    const owner = kernel.token(scope.owner);
    gatherCompleted(kernel, scope.id, owner);
    kernel.closeScope(scope);
    kernel.schedule(owner, 'leave');
    completed = true;
  }
  return completed;
}

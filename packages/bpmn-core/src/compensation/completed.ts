import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { Completed, FlowNode } from '../types.ts';

/**
 * Notes an activity that has been completed and can be undone (clause 10.7.1): one with a compensation handler, or a
 * sub-process in which something was noted or that undoes itself. Of an activity with several instances, each is noted.
 */
export function noteCompleted(kernel: Kernel, token: LiveToken): void {
  const { node, undo } = token;
  if (undo !== null) token.undo = null;
  const hasInstances = node.loop !== null || node.standardLoop !== null;
  if (token.undoes !== 0 || node.forCompensation || (hasInstances && token.of === 0)) return;
  if (node.undoneBy === null && undo === null && compensationStart(kernel, node) === null) return;
  const noted: { -readonly [K in keyof Completed]: Completed[K] } = { node: node.id };
  if (token.scope !== 0) noted.scope = token.scope;
  if (token.variables !== null) noted.variables = token.variables;
  if (undo !== null) noted.inner = undo;
  kernel.completed = [...kernel.completed, noted];
}

/** What was completed in a scope that closes goes to the token of its sub-process, to be noted with it. */
export function gatherCompleted(kernel: Kernel, scope: number, owner: LiveToken): void {
  const inner = kernel.completed.filter((one) => one.scope === scope);
  if (inner.length === 0) return;
  kernel.completed = kernel.completed.filter((one) => one.scope !== scope);
  owner.undo = inner;
  kernel.touch(owner);
}

/** Whether a token is that of a completed sub-process, opened again so that what was completed in it is undone. */
export const isUndoneInside = ({ undoes, node }: Pick<LiveToken, 'undoes' | 'node'>): boolean =>
  undoes !== 0 && !node.forCompensation;

/** The start of the event sub-process by which a sub-process undoes itself; null if it has none. */
export function compensationStart(kernel: Kernel, node: FlowNode): FlowNode | null {
  for (const id of kernel.definition.containers[node.id]?.eventStarts ?? []) {
    const start = kernel.node(id);
    if (start.event?.kind === 'compensation') return start;
  }
  return null;
}

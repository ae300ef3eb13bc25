import type { Behaviour, Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';

/** Leads on along every flow whose condition is true; where flows meet, it waits at rest (clauses 10.6.3 and 13.4.3). */
export const inclusiveGateway: Behaviour = {
  waits: () => false,
  execute(kernel, token) {
    if (token.node.incoming.length > 1) kernel.wait(token, 'join');
    else kernel.schedule(token, 'leave');
  },
};

/** Fires the first inclusive join that has nothing more to wait for, once no other token can move. */
export function fireInclusiveJoins(kernel: Kernel): boolean {
  for (const token of kernel.tokens) {
    if (!token.alive || token.waiting !== 'join' || token.node.type !== 'bpmn:InclusiveGateway') continue;
    const oldest = new Map<string, LiveToken>();
    for (const other of kernel.tokens) {
      if (!other.alive || other.node !== token.node || other.scope !== token.scope) continue;
      if (other.waiting === 'join' && other.flow !== null && !oldest.has(other.flow))
        oldest.set(other.flow, other);
    }
    if (moreToCome(kernel, token, oldest)) continue;
    for (const other of oldest.values()) if (other !== token) kernel.consume(other);
    kernel.schedule(token, 'leave');
    return true;
  }
  return false;
}

/**
 * Clause 13.4.3: the join waits for a token from which there is a path to an empty incoming flow that does not visit the
 * join, unless the token has such a path to a flow that holds a token already.
 */
function moreToCome(kernel: Kernel, join: LiveToken, full: ReadonlyMap<string, LiveToken>): boolean {
  const reach = kernel.definition.reach[join.node.id];
  if (reach === undefined) return false;
  for (const token of kernel.tokens) {
    if (!token.alive || token.scope !== join.scope || token.node === join.node) continue;
    let toEmpty = false;
    let toFull = false;
    for (const flow of join.node.incoming) {
      if (!reach[flow]?.has(token.node.id)) continue;
      if (full.has(flow)) toFull = true;
      else toEmpty = true;
    }
    if (toEmpty && !toFull) return true;
  }
  return false;
}

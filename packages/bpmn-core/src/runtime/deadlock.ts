import type { Kernel } from './kernel.ts';

/** A token that rests like this waits for others of the instance, which are looked at themselves. */
const RESTS: ReadonlySet<string> = new Set(['subProcess', 'instances', 'compensation']);

/**
 * A join that waits for a token which nothing can bring any more would hang for ever (clause 13.3.1): when nothing but
 * joins is left waiting, each of them becomes an incident.
 */
export function reportDeadlock(kernel: Kernel): void {
  if (kernel.subscriptions.length > 0) return;
  const joins = [];
  for (const token of kernel.tokens) {
    if (!token.alive || RESTS.has(token.waiting ?? '')) continue;
    if (token.waiting !== 'join') return;
    joins.push(token);
  }
  for (const token of joins) {
    kernel.raise(token, 'DEADLOCK', `${token.node.id} waits for tokens that can no longer arrive`, 'execute');
  }
}

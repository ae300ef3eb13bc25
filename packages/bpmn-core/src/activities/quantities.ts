import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';

/**
 * An activity begins when as many tokens have come as its start quantity says (clause 10.3.1): the last goes on for all of
 * them, the others wait for it. Answers whether this one is the last.
 */
export function isLastToCome(kernel: Kernel, token: LiveToken): boolean {
  const waiting = kernel.tokens.filter(
    (other) =>
      other.alive && other.node === token.node && other.scope === token.scope && other.waiting === 'join',
  );
  const missing = token.node.startQuantity - 1;
  if (waiting.length < missing) {
    kernel.wait(token, 'join');
    return false;
  }
  for (const other of waiting.slice(0, missing)) kernel.consume(other);
  return true;
}

/** The flows along which tokens leave: each as often as the completion quantity says. */
export function timesCompleted(flows: readonly string[], quantity: number): readonly string[] {
  return quantity === 1 ? flows : flows.flatMap((flow) => new Array<string>(quantity).fill(flow));
}

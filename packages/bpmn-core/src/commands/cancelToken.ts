import type { Kernel } from '../runtime/kernel.ts';
import { getMovable, take } from './places.ts';

/** Somebody ends a token where it waits, and what it waits for; the rest goes on as if it had come to an end event. */
export function cancelToken(kernel: Kernel, command: { token: number }): void {
  const token = getMovable(kernel, command.token);
  kernel.emit({ type: 'tokenCancelled', token: token.id, flowNode: token.node.id });
  take(kernel, token);
}

import type { Kernel } from '../runtime/kernel.ts';
import { getMovable, getPlace, put, take } from './places.ts';

/** Somebody takes a token from where it waits, which is cancelled, and puts it on another node of the same flow. */
export function moveToken(kernel: Kernel, command: { token: number; node: string; flow?: string }): void {
  const token = getMovable(kernel, command.token);
  const place = getPlace(kernel, token.node.container, command);
  const moved = put(kernel, place, token.scope);
  const { id: flowNode } = place.node;
  kernel.emit({ type: 'tokenMoved', token: token.id, as: moved.id, from: token.node.id, flowNode });
  take(kernel, token);
}

import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';

/** Records that a token has come to its end event. */
export function reachEnd(kernel: Kernel, token: LiveToken): void {
  const flowNode = token.node.id;
  kernel.emit({ type: 'endEventReached', flowNode });
  kernel.emit({ type: 'flowNodeLeft', flowNode });
}

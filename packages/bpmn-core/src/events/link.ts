import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';

/** Goes on at the catching end of a link as along a sequence flow (clause 10.5.6, link event definition). */
export function followLink(kernel: Kernel, token: LiveToken, target: string): void {
  kernel.emit({ type: 'flowNodeLeft', flowNode: token.node.id });
  kernel.place(token, kernel.node(target), null);
  kernel.schedule(token, 'enter');
}

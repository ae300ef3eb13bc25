import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import { around } from '../runtime/variables.ts';
import type { EventDefinition, FlowNode, Subscription } from '../types.ts';

/** What a node catches or throws, one by one (clause 10.5.6, multiple events). */
export function partsOf(node: FlowNode): readonly EventDefinition[] {
  if (node.event === null) return [];
  return node.event.kind === 'multiple' ? node.event.events : [node.event];
}

/** The token whose variables an event that is waited for sees and writes; null for those of the process. */
export function dataOf(kernel: Kernel, { node, token }: Subscription): LiveToken | null {
  if (token === 0) return null;
  const host = kernel.token(token);
  return kernel.node(node).attachedTo === null ? host : around(host);
}

/** What a subscription waits for. */
export function eventOf(kernel: Kernel, { node, part = 0 }: Subscription): EventDefinition | null {
  return partsOf(kernel.node(node))[part] ?? null;
}

import type { Kernel } from '../runtime/kernel.ts';
import type { EventDefinition, FlowNode, Subscription } from '../types.ts';

/** What a node catches or throws, one by one (clause 10.5.6, multiple events). */
export function partsOf(node: FlowNode): readonly EventDefinition[] {
  if (node.event === null) return [];
  return node.event.kind === 'multiple' ? node.event.events : [node.event];
}

/** What a subscription waits for. */
export function eventOf(kernel: Kernel, { node, part = 0 }: Subscription): EventDefinition | null {
  return partsOf(kernel.node(node))[part] ?? null;
}

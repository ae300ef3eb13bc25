import type { Reach } from '../types.ts';
import type { Draft, DraftNode } from './draft.ts';

/** For each inclusive join, the nodes from which a token may still come in by each of its flows (clause 13.4.3). */
export function findReach(draft: Draft): void {
  for (const node of Object.values(draft.nodes)) {
    if (node.type === 'bpmn:InclusiveGateway' && node.incoming.length > 1)
      draft.reach[node.id] = reachOf(draft, node);
  }
}

/**
 * Walks backwards from each incoming flow without passing the join; a boundary event is reached from its activity, and
 * the catching end of a link from the throwing ones.
 */
function reachOf(draft: Draft, join: DraftNode): Reach {
  const reach: Record<string, ReadonlySet<string>> = {};
  const throwers = linksTo(draft);
  for (const flow of join.incoming) {
    const seen = new Set<string>();
    const pending = [draft.flows[flow]?.source ?? ''];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      const node = draft.nodes[id];
      if (node === undefined || id === join.id || seen.has(id)) continue;
      seen.add(id);
      for (const incoming of node.incoming) pending.push(draft.flows[incoming]?.source ?? '');
      if (node.attachedTo !== null) pending.push(node.attachedTo);
      pending.push(...(throwers.get(id) ?? []));
    }
    reach[flow] = seen;
  }
  return reach;
}

/** By catching end of a link, the throwing ones. */
function linksTo(draft: Draft): ReadonlyMap<string, readonly string[]> {
  const throwers = new Map<string, string[]>();
  for (const { id, event } of Object.values(draft.nodes)) {
    if (event?.kind !== 'link' || event.target === null) continue;
    throwers.set(event.target, [...(throwers.get(event.target) ?? []), id]);
  }
  return throwers;
}

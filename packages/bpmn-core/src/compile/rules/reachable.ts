import { type Draft, targetsOf } from '../draft.ts';
import type { Report } from '../report.ts';

/** A node that no token can ever reach is a mistake of the drawing. */
export function reachable(draft: Draft, report: Report): void {
  const seen = new Set<string>();
  const pending = Object.values(draft.nodes).filter(
    (node) => node.type === 'bpmn:StartEvent' || node.byEvent || node.instantiates,
  );
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node.id)) continue;
    seen.add(node.id);
    pending.push(...targetsOf(draft, node));
    for (const boundary of node.boundary) {
      const event = draft.nodes[boundary];
      if (event) pending.push(event);
    }
    const handler = draft.nodes[node.undoneBy ?? ''];
    if (handler) pending.push(handler);
  }
  for (const node of Object.values(draft.nodes)) {
    if (seen.has(node.id)) continue;
    report.refuse('unreachable', node.id, 'no path leads here from a start event: connect it or remove it');
  }
}

import { type Draft, isActivity } from '../draft.ts';
import type { Report } from '../report.ts';

/** Boundary events sit on an activity of the same flow, and errors always interrupt it (clauses 10.5.4 and 10.5.6). */
export function boundaryEvents(draft: Draft, report: Report): void {
  for (const node of Object.values(draft.nodes)) {
    if (node.type !== 'bpmn:BoundaryEvent') continue;
    const host = draft.nodes[node.attachedTo ?? ''];
    if (host === undefined || !isActivity(host) || host.container !== node.container) {
      report.refuse(
        'boundary-not-attached',
        node.id,
        'a boundary event sits on an activity of the same flow',
      );
      continue;
    }
    if (node.event?.kind !== 'error') continue;
    if (!node.interrupting) {
      report.refuse('error-not-interrupting', node.id, 'an error boundary event interrupts its activity');
    }
    const code = node.event.code;
    const same = host.boundary.find((id) => {
      const other = draft.nodes[id];
      return id < node.id && other?.event?.kind === 'error' && other.event.code === code;
    });
    if (same === undefined) continue;
    const message = `${same} catches the same error on ${host.id}`;
    report.refuse('ambiguous-error', node.id, message, { other: same, code: code ?? '' });
  }
}

import { partsOf } from '../../events/parts.ts';
import type { EventDefinition } from '../../types.ts';
import { type Draft, type DraftNode, isActivity } from '../draft.ts';
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
    if (host.byEvent || host.forCompensation) {
      const message = 'nothing sits on an event sub-process, or on an activity that undoes another';
      report.refuse('boundary-not-attached', node.id, message);
    }
    if (partsOf(node).some(({ kind }) => kind === 'error') && !node.interrupting) {
      report.refuse('error-not-interrupting', node.id, 'an error boundary event interrupts its activity');
    }
    unmistakable(draft, node, host.boundary, report);
  }
}

/** No two events at the same place catch the same error or escalation. */
export function unmistakable(draft: Draft, node: DraftNode, beside: readonly string[], report: Report): void {
  for (const event of partsOf(node)) {
    if (event.kind !== 'error' && event.kind !== 'escalation') continue;
    const catchesIt = (other: EventDefinition) => other.kind === event.kind && other.code === event.code;
    const same = beside.find((id) => {
      const other = draft.nodes[id];
      return id < node.id && other !== undefined && partsOf(other).some(catchesIt);
    });
    if (same === undefined) continue;
    const message = `${same} catches the same ${event.kind} at the same place`;
    report.refuse('ambiguous-error', node.id, message, { other: same, code: event.code ?? '' });
  }
}

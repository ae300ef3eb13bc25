import type { Draft, DraftNode } from '../draft.ts';
import { isGateway } from '../draft.ts';
import type { Report } from '../report.ts';

/**
 * What must, and what must not, be connected: clauses 10.5.2 (start), 10.5.3 (end), 10.5.4 (intermediate and boundary
 * events) and 10.6 (gateways); flows stay within their process or sub-process (clause 8.4.13).
 */
export function connections(draft: Draft, report: Report): void {
  for (const node of Object.values(draft.nodes)) {
    if (node.outgoing.length === 0 && needsWayOut(node)) {
      report.refuse('no-outgoing-flow', node.id, `${node.type} needs an outgoing sequence flow`, {
        type: node.type,
      });
    }
    if (node.outgoing.length > 0 && node.type === 'bpmn:EndEvent') {
      report.refuse('end-with-outgoing-flow', node.id, 'an end event has no outgoing sequence flow');
    } else if (node.outgoing.length > 0 && leadsNowhere(node)) {
      report.refuse('unexpected-outgoing-flow', node.id, `${node.type} has no outgoing sequence flow`, {
        type: node.type,
      });
    }
    if (node.incoming.length > 0 && !mayBeEntered(node)) {
      report.refuse('unexpected-incoming-flow', node.id, `${node.type} has no incoming sequence flow`, {
        type: node.type,
      });
    }
  }
  for (const flow of Object.values(draft.flows)) {
    const source = draft.nodes[flow.source];
    const target = draft.nodes[flow.target];
    if (source === undefined || target === undefined || source.container === target.container) continue;
    const message = `the flow leaves ${source.container}: a sequence flow stays within its process or sub-process`;
    report.refuse('flow-crosses-boundary', flow.id, message, { source: source.id, target: target.id });
  }
}

function needsWayOut(node: DraftNode): boolean {
  if (leadsNowhere(node)) return false;
  return isGateway(node) || (node.type.endsWith('Event') && node.type !== 'bpmn:EndEvent');
}

/** The throwing end of a link, a compensation event on an activity, what undoes one, and what an event starts. */
function leadsNowhere(node: DraftNode): boolean {
  const isThrowingLink = node.event?.kind === 'link' && node.type === 'bpmn:IntermediateThrowEvent';
  const isCompensation = node.event?.kind === 'compensation' && node.attachedTo !== null;
  return isThrowingLink || isCompensation || node.forCompensation || node.byEvent;
}

function mayBeEntered(node: DraftNode): boolean {
  if (node.type === 'bpmn:StartEvent' || node.type === 'bpmn:BoundaryEvent') return false;
  const isCatchingLink = node.event?.kind === 'link' && node.type === 'bpmn:IntermediateCatchEvent';
  return !isCatchingLink && !node.forCompensation && !node.byEvent && !node.instantiates;
}

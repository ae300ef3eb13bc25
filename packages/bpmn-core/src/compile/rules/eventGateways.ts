import { type Draft, type DraftNode, targetsOf } from '../draft.ts';
import type { Report } from '../report.ts';

/** Behind an event-based gateway stand at least two events to wait for, reached from nowhere else (clause 10.6.6). */
export function eventGateways(draft: Draft, report: Report): void {
  for (const node of Object.values(draft.nodes)) {
    if (node.type !== 'bpmn:EventBasedGateway') continue;
    const targets = targetsOf(draft, node);
    if (node.outgoing.length === 1) {
      const message = 'an event-based gateway has at least two events behind it';
      report.refuse('event-gateway-target', node.id, message, { gateway: node.id });
    }
    if (node.awaitsAll && !node.instantiates) {
      const message = 'only an event-based gateway that begins the process waits for all its events';
      report.refuse('event-gateway-target', node.id, message, { gateway: node.id });
    }
    for (const target of targets) {
      const fault = faultOf(node, target, targets);
      if (fault === null) continue;
      const message = `${target.id} stands behind the event-based gateway ${node.id}, but ${fault}`;
      report.refuse('event-gateway-target', target.id, message, { gateway: node.id, type: target.type });
    }
  }
}

function faultOf(gateway: DraftNode, target: DraftNode, targets: DraftNode[]): string | null {
  const isCatching = target.type === 'bpmn:IntermediateCatchEvent' && target.event?.kind !== 'link';
  if (!isCatching && target.type !== 'bpmn:ReceiveTask') {
    return 'cannot be waited for: draw a message or timer catch event, or a receive task';
  }
  if (gateway.instantiates && target.event?.kind !== 'message') return 'only messages begin a process';
  if (target.event?.kind === 'multiple' && target.event.all) return 'waits for several events at once';
  if (target.incoming.length > 1) return 'has another incoming flow as well';
  if (target.boundary.length > 0) return 'has boundary events';
  if (target.loop !== null || target.standardLoop !== null) return 'has a loop';
  if (target.mapping !== null) return 'has an input or output mapping';
  const catchesMessage = (node: DraftNode) =>
    node.type === 'bpmn:IntermediateCatchEvent' && node.event?.kind === 'message';
  if (target.type === 'bpmn:ReceiveTask' && targets.some(catchesMessage)) {
    return 'receive tasks and message events do not stand behind the same gateway';
  }
  return null;
}

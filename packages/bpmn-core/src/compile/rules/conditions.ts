import type { Draft, DraftNode } from '../draft.ts';
import type { Report } from '../report.ts';

/** Conditions stand where they decide something, and nowhere else (clauses 8.4.13 and 10.6). */
export function conditions(draft: Draft, report: Report): void {
  for (const node of Object.values(draft.nodes)) {
    checkDefault(draft, node, report);
    const decides = !/^bpmn:(ParallelGateway|EventBasedGateway|.*Event)$/.test(node.type);
    for (const id of node.outgoing) {
      const flow = draft.flows[id];
      if (flow === undefined) continue;
      if (flow.condition !== null && !decides) {
        const message = `a flow out of ${node.type} has no condition: decide at an exclusive or inclusive gateway`;
        report.refuse('misplaced-condition', id, message, { source: node.id, type: node.type });
      }
      if (flow.condition !== null && id === node.defaultFlow) {
        report.refuse(
          'default-with-condition',
          id,
          'a default flow has no condition: it is taken when no other is',
        );
      }
      const exclusive = node.type === 'bpmn:ExclusiveGateway' && node.outgoing.length > 1;
      if (exclusive && flow.condition === null && id !== node.defaultFlow) {
        const message = `${node.id} decides between flows: give this one a condition, or make it the default flow`;
        report.refuse('missing-condition', id, message, { gateway: node.id });
      }
    }
  }
}

function checkDefault(draft: Draft, node: DraftNode, report: Report): void {
  if (node.defaultFlow === null || draft.flows[node.defaultFlow]?.source === node.id) return;
  const message = `the default flow ${node.defaultFlow} does not leave this node`;
  report.refuse('dangling-reference', node.id, message, { property: 'default', target: node.defaultFlow });
}

import { problem } from '../problems.ts';
import type { Problem } from '../types.ts';
import type { Rule } from './subject.ts';

/**
 * Flows join nodes that exist and the nodes say so (`incoming`, `outgoing`); boundary events sit on an activity; where
 * there are lanes, each node is in one.
 */
export const references: Rule = ({ diagram }) => {
  const { nodes, flows, lanes } = diagram;
  const problems: Problem[] = [];
  const dangling = (id: string, what: string) =>
    problems.push(
      problem(
        'references',
        id,
        `${id} : référence absente ou rompue (${what}).`,
        `${id}: إحالة ناقصة أو مقطوعة (${what}).`,
        `${id}: missing or broken reference (${what}).`,
      ),
    );
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const { id, source, target } of flows) {
    if (!byId.get(source)?.outgoing.includes(id)) dangling(id, 'sourceRef, outgoing');
    if (!byId.get(target)?.incoming.includes(id)) dangling(id, 'targetRef, incoming');
  }
  for (const node of nodes) {
    if (node.incoming.some((id) => !flows.some((flow) => flow.id === id && flow.target === node.id))) {
      dangling(node.id, 'incoming');
    }
    if (node.outgoing.some((id) => !flows.some((flow) => flow.id === id && flow.source === node.id))) {
      dangling(node.id, 'outgoing');
    }
    if (node.type === 'BoundaryEvent' && !byId.has(node.attachedTo ?? '')) dangling(node.id, 'attachedToRef');
    if (lanes.length > 0 && node.lanes.length === 0) dangling(node.id, 'flowNodeRef');
  }
  return problems;
};

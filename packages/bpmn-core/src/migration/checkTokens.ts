import { partsOf } from '../events/parts.ts';
import type { Completed, FlowNode, Token } from '../types.ts';
import { isJoin, newId, newNode, oldNode, type Plan } from './plan.ts';

/** Refuses, node by node, what the tokens there could not go on with in the new definition. */
export function checkTokens(plan: Plan): void {
  const completed = [...(plan.state.completed ?? []), ...plan.state.tokens.flatMap(({ undo }) => undo ?? [])];
  for (const one of completed) checkCompleted(plan, one);
  const byNode = new Map<string, Token[]>();
  for (const token of plan.state.tokens) byNode.set(token.node, [...(byNode.get(token.node) ?? []), token]);
  for (const [id, tokens] of byNode) {
    const params = { to: newId(plan, id), tokens: tokens.map((token) => token.id).join(' ') };
    for (const [rule, text] of faultsOf(plan, oldNode(plan, id), tokens)) {
      plan.report.refuse(rule, id, text, params);
    }
  }
}

/** What was completed must still be undone in the new definition as it would have been. */
function checkCompleted(plan: Plan, { node: id, inner = [] }: Completed): void {
  const [old, node] = [oldNode(plan, id), newNode(plan, id)];
  const isUndone = node !== undefined && (old.undoneBy === null) === (node.undoneBy === null);
  if (!isUndone || old.type !== node.type) {
    const message = `${id} was completed and may have to be undone, which the new definition does not do: map it`;
    plan.report.refuse('completed-differs', id, message, { to: newId(plan, id) });
  }
  for (const one of inner) checkCompleted(plan, one);
}

type Fault = readonly [rule: string, message: string];

function faultsOf(plan: Plan, old: FlowNode, tokens: readonly Token[]): Fault[] {
  const node = newNode(plan, old.id);
  if (node === undefined) return [missing(plan, old)];
  const faults = nodeFaults(plan, old, node);
  if (!sameLoop(old, node)) {
    const text = `${old.id} and ${node.id} do not loop alike: finish or move what runs there first`;
    faults.push(['loop-differs', text]);
  }
  if ((old.mapping?.outputs.length ?? 0) > 0 && (node.mapping?.outputs.length ?? 0) === 0) {
    if (tokens.some((token) => token.waiting === 'subProcess')) {
      const text = `${node.id} has no outputs, so what was written inside ${old.id} would be lost: give it outputs`;
      faults.push(['outputs-differ', text]);
    }
  }
  const flows = isJoin(old) ? tokens.flatMap((token) => token.flow ?? []) : [];
  for (const flow of new Set(flows)) {
    if (plan.to.flows[newId(plan, flow)]?.target === node.id) continue;
    const text = `a token came to ${old.id} by ${flow}, which does not lead to ${node.id}: map the flow`;
    faults.push(['flow-missing', text]);
  }
  return faults;
}

export const missing = (plan: Plan, old: FlowNode): Fault => [
  'node-missing',
  `the new definition has no ${newId(plan, old.id)}: map ${old.id} to a node of it`,
];

/** What keeps one node from taking the place of another, whatever waits there. */
export function nodeFaults(plan: Plan, old: FlowNode, node: FlowNode): Fault[] {
  const faults: Fault[] = [];
  const role = ({ type, byEvent, forCompensation }: FlowNode) => `${type} ${byEvent} ${forCompensation}`;
  if (role(old) !== role(node)) {
    faults.push([
      'node-other-type',
      `${old.id} is a ${old.type} and ${node.id} a ${node.type}: map it to one like it`,
    ]);
  } else if (kindsOf(old) !== kindsOf(node)) {
    const text = `${old.id} is about ${kindOf(old)} and ${node.id} about ${kindOf(node)}: map it to one like it`;
    faults.push(['event-differs', text]);
  }
  const container = newId(plan, old.container);
  if (node.container !== container) {
    const text = `${node.id} is in ${node.container}, but what runs in ${old.container} goes on in ${container}`;
    faults.push(['node-other-container', text]);
  }
  return faults;
}

/** What a node catches or throws, one by one. */
const kindsOf = (node: FlowNode): string => {
  const all = node.event?.kind === 'multiple' && node.event.all;
  return `${partsOf(node).map(({ kind }) => kind)} ${all}`;
};

const kindOf = (node: FlowNode): string => (node.event === null ? 'no event' : `a ${node.event.kind} event`);

/** Whether instances or iterations made by one node can be counted, and followed by more, by the other. */
function sameLoop(old: FlowNode, node: FlowNode): boolean {
  if ((old.standardLoop === null) !== (node.standardLoop === null)) return false;
  if (old.loop === null || node.loop === null) return old.loop === node.loop;
  return (
    old.loop.sequential === node.loop.sequential &&
    (old.loop.collection === null) === (node.loop.collection === null) &&
    old.loop.elementVariable === node.loop.elementVariable
  );
}

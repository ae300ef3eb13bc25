import { isUndoneInside } from '../compensation/completed.ts';
import type { Report } from '../compile/report.ts';
import type { Definition, FlowNode, State, Token } from '../types.ts';

/** A migration that is being worked out. */
export interface Plan {
  readonly from: Definition;
  readonly to: Definition;
  readonly state: State;
  readonly mapping: Readonly<Record<string, string>>;
  readonly report: Report;
}

/** The new id of a node, flow or process; its own where the mapping does not say. */
export const newId = (plan: Plan, id: string): string =>
  Object.hasOwn(plan.mapping, id) ? (plan.mapping[id] ?? id) : id;

/** The node of the new definition that takes the place of an old one, if there is one. */
export const newNode = (plan: Plan, id: string): FlowNode | undefined => plan.to.nodes[newId(plan, id)];

/** A node of the definition that the state runs on. */
export function oldNode(plan: Plan, id: string): FlowNode {
  const node = plan.from.nodes[id];
  if (node === undefined) throw new Error(`the definition has no flow node ${id}`);
  return node;
}

/** Whether a token is that of a completed sub-process in which something is being undone. */
export const isOver = (plan: Plan, { node, undoes = 0 }: Token): boolean =>
  isUndoneInside({ undoes, node: oldNode(plan, node) });

/** Whether a node counts the flows by which tokens come in; at all others it does not matter by which. */
export const isJoin = (node: FlowNode): boolean => /^bpmn:(Parallel|Inclusive)Gateway$/.test(node.type);

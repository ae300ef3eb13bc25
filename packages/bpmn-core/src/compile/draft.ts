import type { Container, FlowNode, Lane, ProcessDefinition, Reach, SequenceFlow } from '../types.ts';

type Mutable<T> = {
  -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K];
};

export type DraftNode = Mutable<FlowNode>;
export type DraftContainer = Mutable<Container>;

/** A definition while it is being built; unsupported flow nodes are in it too, so that the rules see the whole flow. */
export interface Draft {
  readonly processes: Record<string, ProcessDefinition>;
  readonly nodes: Record<string, DraftNode>;
  readonly flows: Record<string, SequenceFlow>;
  readonly containers: Record<string, DraftContainer>;
  readonly lanes: Record<string, Lane>;
  readonly reach: Record<string, Reach>;
}

/** An empty table; without a prototype, so that an id such as `constructor` is just an id. */
export function table<Value>(): Record<string, Value> {
  return Object.create(null);
}

/** Whether a node is an activity: a task or a sub-process, which can have boundary events and loop. */
export const isActivity = (node: { type: string }): boolean =>
  /(Task|SubProcess|Activity|Transaction)$/.test(node.type);

/** Whether an element has a flow of its own inside. */
export const isSubProcess = (node: { type: string }): boolean =>
  node.type === 'bpmn:SubProcess' || node.type === 'bpmn:Transaction';

/** Whether a node is a gateway of any kind. */
export const isGateway = (node: { type: string }): boolean => node.type.endsWith('Gateway');

/** Where a token goes from a node: along its outgoing flows, or its link. */
export function targetsOf(draft: Draft, node: DraftNode): DraftNode[] {
  const targets: DraftNode[] = [];
  const linked = node.event?.kind === 'link' ? draft.nodes[node.event.target ?? ''] : undefined;
  if (linked) targets.push(linked);
  for (const flow of node.outgoing) {
    const target = draft.nodes[draft.flows[flow]?.target ?? ''];
    if (target) targets.push(target);
  }
  return targets;
}

import type { Definition, FlowNode, State } from '@shubbak/bpmn-core';
import type { Inside } from './interpreter.ts';

/** What a state of bpmn-core holds, for whoever has to intervene in it. */
export function insideCore(definition: Definition, state: State): Inside {
  const nodes = Object.values(definition.nodes);
  return {
    variables: state.variables,
    tokens: state.tokens
      // The instances of an activity that loops are moved with it, not one by one.
      .filter(({ of = 0 }) => of === 0)
      .map(({ id, node, waiting, work }) => ({
        id: String(id),
        flowNode: node,
        waitsFor: waiting ?? 'nothing',
        work: work ?? null,
        mayGoTo: placesBeside(nodes, definition.nodes[node]),
      })),
    ways: [
      ...Object.values(definition.flows).map(({ source, target }) => ({ from: source, to: target })),
      ...nodes.flatMap(({ id, attachedTo }) => (attachedTo === null ? [] : [{ from: attachedTo, to: id }])),
      // What is inside a sub-process is come to through it.
      ...nodes
        .filter(
          ({ container, incoming }) => definition.nodes[container] !== undefined && incoming.length === 0,
        )
        .map(({ id, container }) => ({ from: container, to: id })),
    ],
    starts: nodes
      .filter(({ container, incoming, attachedTo }) => {
        const isOfProcess = definition.processes[container] !== undefined;
        return isOfProcess && incoming.length === 0 && attachedTo === null;
      })
      .map(({ id }) => id),
  };
}

/** The nodes of the same flow that a flow comes to; joins count flows, so that no token is put on one by hand. */
function placesBeside(nodes: FlowNode[], at: FlowNode | undefined): string[] {
  return nodes
    .filter(({ container, incoming }) => container === at?.container && incoming.length > 0)
    .filter(({ type, incoming }) => !(JOINS.has(type) && incoming.length > 1))
    .map(({ id }) => id);
}

const JOINS: ReadonlySet<string> = new Set(['bpmn:ParallelGateway', 'bpmn:InclusiveGateway']);

import type { Drawn } from './unstructured.ts';

/** A token at rest: the node it is on, and the flow that it came by. */
export interface At {
  readonly node: string;
  readonly flow: string | null;
}

/**
 * Whether an inclusive join is activated, word for word from clause 13.4.3 of BPMN 2.0.2: at least one incoming flow has a
 * token; and for every directed path that starts where there is a token, ends with an incoming flow that has none and does
 * not visit the gateway, there is also one that starts there, ends with an incoming flow that has a token and does not
 * visit the gateway. Slow: every path is walked, for every token, each time anew.
 */
export function isActivated(graph: Drawn, tokens: readonly At[], join: string): boolean {
  const full = new Set(tokens.filter(({ node }) => node === join).map(({ flow }) => flow));
  if (full.size === 0) return false;
  for (const token of tokens) {
    if (token.node === join) continue;
    const ends = [...pathEnds(graph, token.node, join, [token.node])];
    const toEmpty = ends.some((flow) => !full.has(flow));
    const toFull = ends.some((flow) => full.has(flow));
    if (toEmpty && !toFull) return false;
  }
  return true;
}

/** For every path without repetition from a node to the join, the flow by which it comes in. */
function* pathEnds(graph: Drawn, from: string, join: string, visited: readonly string[]): Generator<string> {
  const next: string[] = [];
  for (const edge of graph.edges) {
    if (edge.from !== from) continue;
    if (edge.to === join) yield edge.id;
    else next.push(edge.to);
  }
  for (const event of graph.boundaries.get(from) ?? []) next.push(event.id);
  const linked = graph.links.get(from);
  if (linked !== undefined) next.push(linked);
  for (const node of next) {
    if (!visited.includes(node)) yield* pathEnds(graph, node, join, [...visited, node]);
  }
}

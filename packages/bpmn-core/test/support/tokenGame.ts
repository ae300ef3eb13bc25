import { type At, isActivated } from './orJoinOracle.ts';
import type { Drawn } from './unstructured.ts';

/** A way to write down where tokens are, whatever their order. */
export const marking = (tokens: readonly At[]): string =>
  tokens
    .map(({ node, flow }) => (flow === null ? node : `${node}<${flow}`))
    .sort()
    .join(' ');

/**
 * The token game on a drawn graph, played as naively as can be: gives every way in which the tokens may come to rest. There
 * are several if several inclusive joins are activated at once, since each may go first.
 */
export function settle(graph: Drawn, resting: readonly At[], moving: readonly At[], choice: number): At[][] {
  const rest = [...resting];
  const queue = [...moving];
  for (let token = queue.shift(); token !== undefined; token = queue.shift()) {
    const kind = graph.kinds.get(token.node);
    if (kind === 'end') continue;
    if (kind === 'task' || kind === 'subProcess') rest.push({ node: token.node, flow: null });
    else if (kind === 'throwLink') queue.push({ node: graph.links.get(token.node) as string, flow: null });
    else if ((kind === 'inclusive' || kind === 'parallel') && incoming(graph, token.node).length > 1) {
      rest.push(token);
      if (kind === 'parallel' && isComplete(graph, rest, token.node)) {
        consume(rest, token.node);
        queue.push(...leave(graph, token.node, choice));
      }
    } else queue.push(...leave(graph, token.node, choice));
  }
  const joins = new Set(rest.map(({ node }) => node).filter((node) => graph.kinds.get(node) === 'inclusive'));
  const activated = [...joins].filter((join) => isActivated(graph, rest, join));
  if (activated.length === 0) return [rest];
  const outcomes = new Map<string, At[]>();
  for (const join of activated) {
    const others = [...rest];
    consume(others, join);
    for (const outcome of settle(graph, others, leave(graph, join, choice), choice))
      outcomes.set(marking(outcome), outcome);
  }
  return [...outcomes.values()];
}

/** The tokens that leave a node, each on its way to another. */
export function leave(graph: Drawn, node: string, choice: number): At[] {
  const out = graph.edges.filter(({ from }) => from === node);
  const kind = graph.kinds.get(node);
  let taken = out;
  if (kind === 'exclusive' || kind === 'inclusive') {
    taken = out.filter((edge) => !edge.isDefault && (edge.when?.holds(choice) ?? true));
    if (kind === 'exclusive') taken = taken.slice(0, 1);
    if (taken.length === 0) taken = out.filter(({ isDefault }) => isDefault);
  }
  return taken.map(({ id, to }) => ({ node: to, flow: id }));
}

const incoming = (graph: Drawn, node: string) => graph.edges.filter(({ to }) => to === node);

const isComplete = (graph: Drawn, tokens: readonly At[], join: string) =>
  incoming(graph, join).every(({ id }) => tokens.some(({ node, flow }) => node === join && flow === id));

/** Takes one token from each flow of a join that has any. */
function consume(tokens: At[], join: string): void {
  const seen = new Set<string | null>();
  for (let index = 0; index < tokens.length; index++) {
    const { node, flow } = tokens[index] as At;
    if (node !== join || seen.has(flow)) continue;
    seen.add(flow);
    tokens.splice(index--, 1);
  }
}

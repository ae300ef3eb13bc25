import { ModelError } from '../errors.ts';
import { prepareSubscriptions, subscribe } from '../events/subscribe.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import { around } from '../runtime/variables.ts';
import type { Definition, FlowNode, Subscription, Token } from '../types.ts';
import { isOver, newId, newNode, oldNode, type Plan } from './plan.ts';

/**
 * Starts to wait for the events that the new definition adds to what is waiting already: boundary events, events behind
 * an event-based gateway, and event sub-processes of the flows that run. Their time runs from now. One that cannot be waited for is refused.
 */
export function armNewEvents(plan: Plan, kernel: Kernel): void {
  const prepared: Subscription[] = [];
  const prepare = (node: FlowNode, host: LiveToken | null, at: string) => {
    try {
      prepared.push(...prepareSubscriptions(kernel, node, host));
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      const params = { to: node.id, tokens: String(host?.id ?? 0), code: error.code };
      plan.report.refuse('cannot-arm', at, `${node.id} cannot be waited for: ${error.message}`, params);
    }
  };
  const over = plan.state.tokens.filter((token) => isOver(plan, token));
  for (const token of plan.state.tokens) {
    if (over.includes(token)) continue;
    for (const node of newEvents(plan, token)) prepare(node, around(kernel.token(token.id)), token.node);
  }
  for (const { scope, owner, container } of openFlows(plan)) {
    if (isInterrupted(plan, scope) || over.some(({ id }) => id === owner)) continue;
    const host = owner === 0 ? null : kernel.token(owner);
    for (const node of newStarts(plan, container)) prepare(node, host, container);
  }
  for (const subscription of prepared) subscribe(kernel, subscription);
}

/** The flows that run: the process and its open sub-processes, by their old ids, with the tokens that wait for them. */
function openFlows({ state }: Plan): { scope: number; owner: number; container: string }[] {
  const inside = state.scopes.map(({ id, owner, node }) => ({ scope: id, owner, container: node }));
  return [{ scope: 0, owner: 0, container: state.process }, ...inside];
}

/** Once an interrupting event sub-process has begun, no other begins beside it. */
const isInterrupted = (plan: Plan, scope: number): boolean =>
  plan.state.tokens.some((token) => {
    const node = oldNode(plan, token.node);
    const start = plan.from.containers[node.id]?.noneStart;
    return (
      (token.scope ?? 0) === scope && node.byEvent && plan.from.nodes[start ?? '']?.interrupting === true
    );
  });

function newStarts(plan: Plan, container: string): FlowNode[] {
  const known = plan.from.containers[container]?.eventStarts.map((id) => newId(plan, id)) ?? [];
  const starts = plan.to.containers[newId(plan, container)]?.eventStarts ?? [];
  return starts.flatMap((id) => (known.includes(id) ? [] : (plan.to.nodes[id] ?? [])));
}

function newEvents(plan: Plan, token: Token): FlowNode[] {
  const now = awaited(plan.to, newNode(plan, token.node), token);
  const known = awaited(plan.from, oldNode(plan, token.node), token);
  // An event that was there before and is not waited for has occurred: it is not armed again.
  const isKnown = (node: FlowNode) =>
    known.some((old) => newId(plan, old.id) === node.id && old.event?.kind === node.event?.kind);
  return now.filter((node) => !isKnown(node));
}

/** The other nodes whose events are waited for, from the beginning, while a token is where it is. */
function awaited(definition: Definition, node: FlowNode | undefined, token: Token): FlowNode[] {
  if (node === undefined) return [];
  const isBegun = token.of === undefined && (token.waiting !== 'incident' || token.phase === 'execute');
  const behind = node.outgoing.map((flow) => definition.flows[flow]?.target ?? '');
  const ids = token.waiting === 'events' ? behind : isBegun ? node.boundary : [];
  return ids.flatMap((id) => definition.nodes[id] ?? []);
}

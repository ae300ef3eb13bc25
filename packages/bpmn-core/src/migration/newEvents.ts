import { ModelError } from '../errors.ts';
import { prepareSubscription, subscribe } from '../events/subscribe.ts';
import type { Kernel } from '../runtime/kernel.ts';
import { LiveToken } from '../runtime/liveToken.ts';
import type { Definition, FlowNode, Subscription, Token } from '../types.ts';
import { newId, newNode, oldNode, type Plan } from './plan.ts';

/**
 * Starts to wait for the events that the new definition adds to what is waiting already: boundary events, and events
 * behind an event-based gateway. Their time runs from now. One that cannot be waited for is refused.
 */
export function armNewEvents(plan: Plan, kernel: Kernel): void {
  const prepared: Subscription[] = [];
  for (const token of plan.state.tokens) {
    for (const node of newEvents(plan, token)) {
      try {
        const subscription = prepareSubscription(kernel, node, outside(kernel, token));
        if (subscription) prepared.push(subscription);
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        const params = { to: node.id, tokens: String(token.id), code: error.code };
        plan.report.refuse(
          'cannot-arm',
          token.node,
          `${node.id} cannot be waited for: ${error.message}`,
          params,
        );
      }
    }
  }
  for (const subscription of prepared) subscribe(kernel, subscription);
}

/** Such events belong to the activity as a whole: what it has been given by its inputs is not seen from there. */
const outside = (kernel: Kernel, { id, scope }: Token): LiveToken =>
  new LiveToken(id, scope ?? 0, kernel.token(id).node);

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

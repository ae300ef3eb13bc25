import type { FlowNode, Subscription, Token } from '../types.ts';
import { missing, nodeFaults } from './checkTokens.ts';
import { newId, newNode, oldNode, type Plan } from './plan.ts';

/** Refuses the events that are waited for and could not be in the new definition, or not on behalf of the same token. */
export function checkSubscriptions(plan: Plan): void {
  const taken = new Set<string>();
  for (const subscription of plan.state.subscriptions) {
    const old = oldNode(plan, subscription.node);
    const token = plan.state.tokens.find((candidate) => candidate.id === subscription.token);
    if (token === undefined) throw new Error(`subscription ${subscription.id} has no token`);
    const params = { to: newId(plan, old.id), tokens: String(token.id), subscription: subscription.id };
    const refuse = (rule: string, message: string) => plan.report.refuse(rule, old.id, message, params);
    const node = newNode(plan, old.id);
    if (node === undefined) {
      // A node that holds the token itself has been refused with it.
      if (old.id !== token.node) refuse(...missing(plan, old));
      continue;
    }
    if (old.id !== token.node) {
      for (const [rule, message] of nodeFaults(plan, old, node)) refuse(rule, message);
      if (!belongs(plan, old, node, token)) {
        refuse('event-elsewhere', `${node.id} is not where the token at ${token.node} would wait for it`);
      }
    }
    if (!sameWaiting(subscription, old, node)) {
      refuse('event-differs', `${node.id} repeats, or correlates, and ${old.id} does not, or the reverse`);
    }
    const place = `${token.id} ${node.id}`;
    if (taken.has(place)) refuse('mapped-twice', `two events of ${token.node} are mapped to ${node.id}`);
    taken.add(place);
  }
}

/** Whether the new event sits on the new activity, or stands behind the new event-based gateway, of the token. */
function belongs(plan: Plan, old: FlowNode, node: FlowNode, token: Token): boolean {
  const host = newId(plan, token.node);
  if (old.attachedTo !== null) return node.attachedTo === host;
  return node.incoming.some((flow) => plan.to.flows[flow]?.source === host);
}

/** Whether the new event would have been waited for in the same way: cycles as cycles, keys as keys. */
function sameWaiting(subscription: Subscription, old: FlowNode, node: FlowNode): boolean {
  if (subscription.kind === 'timer' && node.event?.kind === 'timer') {
    return (subscription.every !== undefined) === (node.event.timer.kind === 'cycle');
  }
  if (old.event?.kind === 'message' && node.event?.kind === 'message') {
    return (old.event.message.key === null) === (node.event.message.key === null);
  }
  return true;
}

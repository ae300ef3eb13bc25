import { partsOf } from '../events/parts.ts';
import type { FlowNode, Subscription } from '../types.ts';
import { missing, nodeFaults } from './checkTokens.ts';
import { newId, newNode, oldNode, type Plan } from './plan.ts';

/** Refuses the events that are waited for and could not be in the new definition, or not on behalf of the same token. */
export function checkSubscriptions(plan: Plan): void {
  const taken = new Set<string>();
  for (const subscription of plan.state.subscriptions) {
    const old = oldNode(plan, subscription.node);
    const token = plan.state.tokens.find((candidate) => candidate.id === subscription.token);
    const at = token?.node ?? plan.state.process;
    const tokens = String(subscription.token);
    const params = { to: newId(plan, old.id), tokens, subscription: subscription.id };
    const refuse = (rule: string, message: string) => plan.report.refuse(rule, old.id, message, params);
    const node = newNode(plan, old.id);
    if (node === undefined) {
      // A node that holds the token itself has been refused with it.
      if (old.id !== at) refuse(...missing(plan, old));
      continue;
    }
    if (old.id !== at) {
      for (const [rule, message] of nodeFaults(plan, old, node)) refuse(rule, message);
      if (!belongs(plan, old, node, at)) {
        refuse('event-elsewhere', `${node.id} is not where the token at ${at} would wait for it`);
      }
    }
    if (!sameWaiting(subscription, old, node)) {
      refuse('event-differs', `${node.id} repeats, or correlates, and ${old.id} does not, or the reverse`);
    }
    const place = `${tokens} ${subscription.part ?? 0} ${node.id}`;
    if (taken.has(place)) refuse('mapped-twice', `two events of ${at} are mapped to ${node.id}`);
    taken.add(place);
  }
}

/**
 * Whether the new event sits on the new activity of the token, stands behind its new event-based gateway, or starts an event
 * sub-process of its new flow.
 */
function belongs(plan: Plan, old: FlowNode, node: FlowNode, at: string): boolean {
  const host = newId(plan, at);
  if (old.attachedTo !== null) return node.attachedTo === host;
  if (old.type === 'bpmn:StartEvent') return plan.to.containers[host]?.eventStarts.includes(node.id) === true;
  return node.incoming.some((flow) => plan.to.flows[flow]?.source === host);
}

/** Whether the new event would have been waited for in the same way: cycles as cycles, keys as keys. */
function sameWaiting(subscription: Subscription, old: FlowNode, node: FlowNode): boolean {
  const part = subscription.part ?? 0;
  const [before, event] = [partsOf(old)[part], partsOf(node)[part]];
  if (subscription.kind === 'timer' && event?.kind === 'timer') {
    return (subscription.every !== undefined) === (event.timer.kind === 'cycle');
  }
  if (before?.kind === 'message' && event?.kind === 'message') {
    return (before.message.key === null) === (event.message.key === null);
  }
  return true;
}

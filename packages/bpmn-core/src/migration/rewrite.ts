import type { State, Subscription, Token } from '../types.ts';
import { isJoin, newId, newNode, oldNode, type Plan } from './plan.ts';

/** The state with everything in its new place; nothing else is changed. */
export function rewrite(plan: Plan): State {
  const { state, to } = plan;
  return {
    ...state,
    definition: to.hash,
    process: newId(plan, state.process),
    tokens: state.tokens.map((token) => rewriteToken(plan, token)),
    scopes: state.scopes.map((scope) => ({ ...scope, node: newId(plan, scope.node) })),
    subscriptions: state.subscriptions.map((each) => rewriteSubscription(plan, each)),
  };
}

const AT_WORK = new Set(['task', 'job', 'message', 'subProcess']);

function rewriteToken(plan: Plan, token: Token): Token {
  const moved: Token = { ...token, node: newId(plan, token.node) };
  if (token.flow !== undefined && isJoin(oldNode(plan, token.node))) moved.flow = newId(plan, token.flow);
  else delete moved.flow;
  const outputs = newNode(plan, token.node)?.mapping?.outputs.length ?? 0;
  // Outputs that are new to an activity at work still hold when it is left; for its inputs it is too late.
  if (outputs > 0 && AT_WORK.has(token.waiting ?? '')) moved.mapped ??= {};
  return moved;
}

/** Due times, keys and what is left of a cycle are kept; a message is waited for under its new name. */
function rewriteSubscription(plan: Plan, subscription: Subscription): Subscription {
  const node = newId(plan, subscription.node);
  const event = plan.to.nodes[node]?.event;
  if (subscription.kind !== 'message' || event?.kind !== 'message') return { ...subscription, node };
  return { ...subscription, node, name: event.message.name };
}

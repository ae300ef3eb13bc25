import { partsOf } from '../events/parts.ts';
import type { Completed, State, Subscription, Token } from '../types.ts';
import { isJoin, isOver, newId, newNode, oldNode, type Plan } from './plan.ts';

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
    ...(state.completed && { completed: state.completed.map((one) => rewriteCompleted(plan, one)) }),
  };
}

function rewriteCompleted(plan: Plan, completed: Completed): Completed {
  const moved = { ...completed, node: newId(plan, completed.node) };
  if (completed.inner === undefined) return moved;
  return { ...moved, inner: completed.inner.map((one) => rewriteCompleted(plan, one)) };
}

const AT_WORK = new Set(['task', 'job', 'call', 'message', 'subProcess']);

function rewriteToken(plan: Plan, token: Token): Token {
  const moved: Token = { ...token, node: newId(plan, token.node) };
  if (token.flow !== undefined && isJoin(oldNode(plan, token.node))) moved.flow = newId(plan, token.flow);
  else delete moved.flow;
  if (token.undo !== undefined) moved.undo = token.undo.map((one) => rewriteCompleted(plan, one));
  const outputs = newNode(plan, token.node)?.mapping?.outputs.length ?? 0;
  // Outputs that are new to an activity at work still hold when it is left; for its inputs it is too late.
  if (outputs > 0 && AT_WORK.has(token.waiting ?? '') && !isOver(plan, token)) moved.mapped ??= {};
  return moved;
}

/** Due times, keys and what is left of a cycle are kept; messages and signals are waited for under their new names. */
function rewriteSubscription(plan: Plan, subscription: Subscription): Subscription {
  const id = newId(plan, subscription.node);
  const node = plan.to.nodes[id];
  const event = node === undefined ? undefined : partsOf(node)[subscription.part ?? 0];
  if (subscription.kind === 'message' && event?.kind === 'message')
    return { ...subscription, node: id, name: event.message.name };
  if (subscription.kind === 'signal' && event?.kind === 'signal')
    return { ...subscription, node: id, name: event.name };
  return { ...subscription, node: id };
}

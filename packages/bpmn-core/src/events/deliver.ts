import type { Kernel } from '../runtime/kernel.ts';
import { startEventSubProcess } from '../subprocess/eventSubProcess.ts';
import type { Subscription, Variables } from '../types.ts';
import { fireBoundaryEvent } from './boundary.ts';
import { occur } from './catchEvent.ts';
import { dataOf } from './parts.ts';
import { prepareSubscriptions, subscribe } from './subscribe.ts';

/** Brings an event that has occurred to the node that waits for it (clause 13.5). */
export function deliver(kernel: Kernel, subscription: Subscription, variables: Variables | undefined): void {
  const node = kernel.node(subscription.node);
  const needsAll = node.event?.kind === 'multiple' && node.event.all;
  if (needsAll && !isLast(kernel, subscription, variables)) return;
  if (needsAll && !node.interrupting) awaitAgain(kernel, subscription);
  if (node.type === 'bpmn:StartEvent') {
    const scope = kernel.scopes.find(({ owner }) => owner === subscription.token)?.id ?? 0;
    startEventSubProcess(kernel, node, scope, variables);
    return;
  }
  const host = kernel.token(subscription.token);
  if (node.attachedTo !== null) fireBoundaryEvent(kernel, node, host, variables);
  else occur(kernel, node, host, variables);
}

/** Of events that must all occur, whether the others have; what this one brought is kept until then. */
function isLast(kernel: Kernel, subscription: Subscription, variables: Variables | undefined): boolean {
  const { node, token, part } = subscription;
  const others = kernel.subscriptions.filter(
    (other) => other.node === node && other.token === token && other.part !== part,
  );
  if (others.length === 0) return true;
  kernel.unsubscribeAll((other) => other.node === node && other.token === token && other.part === part);
  kernel.assign(dataOf(kernel, subscription), variables);
  return false;
}

/** Beside a flow that goes on all of them are awaited anew. */
function awaitAgain(kernel: Kernel, { node, token }: Subscription): void {
  kernel.unsubscribeAll((other) => other.node === node && other.token === token);
  const host = token === 0 ? null : kernel.token(token);
  for (const one of prepareSubscriptions(kernel, kernel.node(node), host)) subscribe(kernel, one);
}

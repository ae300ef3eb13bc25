import { fireBoundaryEvent } from '../events/boundary.ts';
import { reachEnd } from '../events/reachEnd.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import { ownerOf } from '../runtime/variables.ts';
import type { Completed } from '../types.ts';
import { compensationStart } from './completed.ts';

/**
 * Undoes, the last first, what was completed around the token: one activity, or all of it (clauses 10.7.2 and 13.5.5). The
 * token waits until that is done. Inside an event sub-process, what was completed beside it counts too.
 */
export function compensate(kernel: Kernel, token: LiveToken, activity: string | null): void {
  const scopes = scopesAround(kernel, token);
  const meets = (one: Completed) =>
    one.undoneFor === undefined && scopes.has(one.scope ?? 0) && (activity === null || one.node === activity);
  kernel.completed = kernel.completed.map((one) => (meets(one) ? { ...one, undoneFor: token.id } : one));
  kernel.wait(token, 'compensation');
  undoNext(kernel, token);
}

function scopesAround(kernel: Kernel, token: LiveToken): ReadonlySet<number> {
  const scopes = new Set([token.scope]);
  let scope = kernel.scopes.find(({ id }) => id === token.scope);
  while (scope !== undefined && kernel.node(scope.node).byEvent) {
    const around: number = scope.parent ?? 0;
    scopes.add(around);
    scope = kernel.scopes.find(({ id }) => id === around);
  }
  return scopes;
}

/**
 * Cancels a transaction (clauses 10.3.5 and 13.5.3): all that still runs in it ends, what was completed in it is undone, and
 * then its cancel boundary event leads on.
 */
export function cancelTransaction(kernel: Kernel, token: LiveToken): void {
  for (const other of kernel.tokens) if (other !== token && other.scope === token.scope) kernel.kill(other);
  compensate(kernel, token, null);
}

/** A token that undid something has done so: the one that waits for it goes on. */
export function undone(kernel: Kernel, token: LiveToken): void {
  undoNext(kernel, kernel.token(token.undoes));
}

/** Undoes the next of what a token has to, or lets the token go on. */
function undoNext(kernel: Kernel, holder: LiveToken): void {
  const last = kernel.completed.findLast(({ undoneFor }) => undoneFor === holder.id);
  if (last === undefined) {
    goOn(kernel, holder);
    return;
  }
  kernel.completed = kernel.completed.filter((one) => one !== last);
  kernel.emit({ type: 'compensationStarted', flowNode: last.node });
  const { undoneBy } = kernel.node(last.node);
  const token = kernel.create(kernel.node(undoneBy ?? last.node), last.scope ?? 0);
  token.undoes = holder.id;
  token.variables = last.variables ?? null;
  if (undoneBy === null) undoInside(kernel, token, last.inner ?? []);
  else kernel.schedule(token, 'enter');
}

/**
 * Undoes a completed sub-process that has no handler: its flow is opened again with what was completed in it, and either
 * its own compensation event sub-process undoes that, or each of it is undone, the last first (clause 10.7.2).
 */
function undoInside(kernel: Kernel, token: LiveToken, inner: readonly Completed[]): void {
  kernel.wait(token, 'subProcess');
  const scope = kernel.openScope(token.node, token);
  const start = compensationStart(kernel, token.node);
  const claim = start === null ? { undoneFor: token.id } : {};
  kernel.completed = [...kernel.completed, ...inner.map((one) => ({ ...one, scope: scope.id, ...claim }))];
  if (start === null) undoNext(kernel, token);
  else kernel.schedule(kernel.create(kernel.node(start.container), scope.id), 'enter');
}

/**
 * A token ends that was to undo something: what undoes it ends too, and what has not begun to be undone can be undone by
 * others.
 */
export function giveUp(kernel: Kernel, holder: LiveToken): void {
  for (const other of kernel.tokens) if (other.undoes === holder.id) kernel.kill(other);
  kernel.completed = kernel.completed.map(({ undoneFor, ...one }) =>
    undoneFor === undefined || undoneFor === holder.id ? one : { ...one, undoneFor },
  );
}

/** All is undone that a token had to undo. */
function goOn(kernel: Kernel, holder: LiveToken): void {
  // A sub-process whose inside was undone closes by itself, as nothing runs in it any more.
  if (holder.waiting === 'subProcess') return;
  const { type, event } = holder.node;
  if (type !== 'bpmn:EndEvent') {
    kernel.schedule(holder, 'leave');
    return;
  }
  reachEnd(kernel, holder);
  if (event?.kind === 'cancel') leaveTransaction(kernel, ownerOf(kernel, holder.scope));
  else kernel.consume(holder);
}

function leaveTransaction(kernel: Kernel, owner: LiveToken): void {
  const host = owner.of === 0 ? owner : kernel.token(owner.of);
  const boundary = host.node.boundary.find((id) => kernel.node(id).event?.kind === 'cancel');
  if (boundary === undefined) throw new Error(`${host.node.id} has no cancel boundary event`);
  fireBoundaryEvent(kernel, kernel.node(boundary), host, undefined);
}

import { isUndoneInside } from '../compensation/completed.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import { ownerOf } from '../runtime/variables.ts';
import { startEventSubProcess } from '../subprocess/eventSubProcess.ts';
import type { FlowNode, Variables } from '../types.ts';
import { fireBoundaryEvent } from './boundary.ts';
import { partsOf } from './parts.ts';

/** The event that catches what was thrown, and the token it sits on or, for an event sub-process, the scope it is in. */
export interface Catcher {
  readonly event: FlowNode;
  readonly host: LiveToken;
}

/**
 * Looks for who catches an error or escalation, from the inside out (clauses 10.5.6 and 13.5.4): the boundary events of
 * the activity, the event sub-processes drawn beside it, the boundary events of the sub-process around both, and so on.
 * An event sub-process does not catch what is thrown inside it or inside its neighbours, and a sub-process that was completed
 * and is being undone catches nothing.
 */
export function findCatcher(
  kernel: Kernel,
  kind: 'error' | 'escalation',
  code: string,
  from: LiveToken,
): Catcher | null {
  let host = from;
  for (;;) {
    if (host.of !== 0) host = kernel.token(host.of);
    const event = isUndoneInside(host) ? null : matching(kernel, host.node.boundary, kind, code);
    if (event !== null) return { event, host };
    const start = matching(kernel, startsBeside(kernel, host), kind, code);
    if (start !== null) return { event: start, host };
    if (host.scope === 0) return null;
    host = ownerOf(kernel, host.scope);
  }
}

/** The starts of the event sub-processes that are awaited beside a token. */
function startsBeside(kernel: Kernel, token: LiveToken): readonly string[] {
  if (token.node.byEvent) return [];
  if (token.scope !== 0 && isUndoneInside(ownerOf(kernel, token.scope))) return [];
  return kernel.definition.containers[token.node.container]?.eventStarts ?? [];
}

/** What was found catches: its activity, or all that runs beside its sub-process, is cancelled if it interrupts. */
export function fireCatcher(
  kernel: Kernel,
  { event, host }: Catcher,
  variables: Variables | undefined,
): void {
  if (event.attachedTo !== null) fireBoundaryEvent(kernel, event, host, variables);
  else startEventSubProcess(kernel, event, host.scope, variables);
}

/** The event that names the code goes before the one that catches all. */
function matching(kernel: Kernel, events: readonly string[], kind: string, code: string): FlowNode | null {
  let all: FlowNode | null = null;
  for (const id of events) {
    const node = kernel.node(id);
    for (const event of partsOf(node)) {
      if (event.kind !== kind || !('code' in event)) continue;
      if (event.code === code) return node;
      if (event.code === null) all ??= node;
    }
  }
  return all;
}

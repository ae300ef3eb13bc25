import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import { ownerOf } from '../runtime/variables.ts';
import type { FlowNode, Variables } from '../types.ts';
import { fireBoundaryEvent } from './boundary.ts';

/**
 * Raises an error where the token is. The innermost enclosing activity with a matching boundary event catches it, and
 * is interrupted (clauses 10.5.6 and 13.5.3); caught by none, it fails the instance. What the error brings goes to the
 * event that catches it, since the variables of what it interrupts are lost.
 */
export function raiseError(kernel: Kernel, code: string, from: LiveToken, variables?: Variables): void {
  let host = from;
  for (;;) {
    if (host.of !== 0) host = kernel.token(host.of);
    const boundary = catcher(kernel, host, code);
    if (boundary) {
      fireBoundaryEvent(kernel, boundary, host, variables);
      return;
    }
    if (host.scope === 0) {
      kernel.assign(null, variables);
      kernel.end('failed', { error: code });
      return;
    }
    host = ownerOf(kernel, host.scope);
  }
}

/** The boundary event that catches the code; one that names it goes before one that catches all. */
function catcher(kernel: Kernel, host: LiveToken, code: string): FlowNode | undefined {
  let all: FlowNode | undefined;
  for (const id of host.node.boundary) {
    const node = kernel.node(id);
    if (node.event?.kind !== 'error') continue;
    if (node.event.code === code) return node;
    if (node.event.code === null) all ??= node;
  }
  return all;
}

import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { Variables } from '../types.ts';
import { findCatcher, fireCatcher } from './catcher.ts';

/**
 * Escalates from where the token is: the innermost event that catches it leads on. Caught by none it is lost, and the flow
 * goes on, as an escalation asks for attention and ends nothing by itself (clauses 10.5.6 and 13.5.3).
 */
export function escalate(kernel: Kernel, code: string, from: LiveToken, variables?: Variables): void {
  const catcher = findCatcher(kernel, 'escalation', code, from);
  const flowNode = from.node.id;
  kernel.emit({ type: 'escalationThrown', flowNode, code, caughtBy: catcher?.event.id ?? null });
  if (catcher === null) kernel.assign(from, variables);
  else fireCatcher(kernel, catcher, variables);
}

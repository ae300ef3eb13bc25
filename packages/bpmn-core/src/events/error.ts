import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { Variables } from '../types.ts';
import { findCatcher, fireCatcher } from './catcher.ts';

/**
 * Raises an error where the token is. The innermost event that catches it interrupts what it sits on (clauses 10.5.6 and
 * 13.5.3); caught by none, it fails the instance. What the error brings goes to the event that catches it, since the
 * variables of what it interrupts are lost.
 */
export function raiseError(kernel: Kernel, code: string, from: LiveToken, variables?: Variables): void {
  const catcher = findCatcher(kernel, 'error', code, from);
  if (catcher !== null) {
    fireCatcher(kernel, catcher, variables);
    return;
  }
  kernel.assign(null, variables);
  kernel.end('failed', { error: code });
}

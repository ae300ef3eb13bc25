import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import { findCatcher, fireCatcher } from './catcher.ts';

/**
 * Raises an error where the token is. The innermost event that catches it interrupts what it sits on (clauses 10.5.6 and
 * 13.5.3); caught by none, it fails the instance.
 */
export function raiseError(kernel: Kernel, code: string, from: LiveToken): void {
  const catcher = findCatcher(kernel, 'error', code, from);
  if (catcher === null) kernel.end('failed', { error: code });
  else fireCatcher(kernel, catcher, undefined);
}

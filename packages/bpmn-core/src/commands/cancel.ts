import type { Kernel } from '../runtime/kernel.ts';

/** The host ends the instance before its time. */
export function cancel(kernel: Kernel, command: { reason?: string }): void {
  kernel.end('cancelled', command.reason === undefined ? undefined : { reason: command.reason });
}

import type { Kernel } from '../runtime/kernel.ts';
import type { Variables } from '../types.ts';

/** Somebody corrects the variables of the process; nothing moves by itself. */
export function setVariables(kernel: Kernel, command: { variables: Variables }): void {
  kernel.assign(null, command.variables);
  kernel.emit({ type: 'variablesSet', names: Object.keys(command.variables) });
}

import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { Assignment, DataMapping, Variables } from '../types.ts';

/**
 * Gives an activity its inputs as variables of its own when it begins, as data input associations do (clause 10.4.2).
 * What has been given once is not evaluated again when the activity is retried.
 */
export function mapInputs(kernel: Kernel, token: LiveToken, mapping: DataMapping): void {
  if (token.mapped !== null) return;
  token.mapped = valuesOf(kernel, token, mapping.inputs);
  kernel.touch(token);
}

/**
 * Gives the outputs of an activity to what is around it when it is left; its own variables are gone then, which is also
 * how a retry knows that the outputs have been given.
 */
export function mapOutputs(kernel: Kernel, token: LiveToken): void {
  const values = valuesOf(kernel, token, token.node.mapping?.outputs ?? []);
  token.mapped = null;
  kernel.touch(token);
  kernel.assign(token, values);
}

function valuesOf(kernel: Kernel, token: LiveToken, assignments: readonly Assignment[]): Variables {
  let values: Variables = {};
  for (const { target, source } of assignments) {
    const value = typeof source === 'string' ? source : kernel.evaluate(source, token, values);
    values = { ...values, [target]: value };
  }
  return values;
}

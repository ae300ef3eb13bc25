import type { Kernel } from '../runtime/kernel.ts';
import type { Subscription } from '../types.ts';
import { deliver } from './deliver.ts';
import { dataOf, eventOf } from './parts.ts';

/**
 * Looks at the conditions that are waited for, once no token can move (clause 10.5.6, conditional event definition): one
 * that has become true occurs, and must become false before it can occur again. Only `true` is true: before a variable is
 * known, a condition on it is not.
 */
export function triggerConditions(kernel: Kernel): boolean {
  let triggered = false;
  for (const { id } of kernel.subscriptions.filter(({ kind }) => kind === 'condition')) {
    const found = kernel.subscriptions.find((one) => one.id === id);
    if (found?.kind !== 'condition') continue;
    const is = holds(kernel, found);
    if (is === found.was) continue;
    const looked = { ...found, was: is };
    kernel.replace(found, looked);
    if (!is) continue;
    deliver(kernel, looked, undefined);
    triggered = true;
  }
  return triggered;
}

function holds(kernel: Kernel, subscription: Subscription): boolean {
  const event = eventOf(kernel, subscription);
  if (event?.kind !== 'condition') return false;
  return event.condition.evaluate(kernel.variables(dataOf(kernel, subscription))) === true;
}

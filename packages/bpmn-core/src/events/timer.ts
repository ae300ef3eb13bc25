import { ModelError } from '../errors.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import { isoTimerDue, parseCycle } from '../time/iso.ts';
import type { FlowNode, Subscription, TimerDefinition, TimerSpec } from '../types.ts';
import { eventOf } from './parts.ts';

type TimerSubscription = Extract<Subscription, { kind: 'timer' }>;

/** Works out when a timer is due (clause 10.5.5, timer event definition). */
export function prepareTimer(
  kernel: Kernel,
  node: FlowNode,
  timer: TimerDefinition,
  host: LiveToken | null,
): TimerSubscription {
  const value = typeof timer.value === 'string' ? timer.value : timer.value.evaluate(kernel.variables(host));
  if (typeof value !== 'string') {
    throw new ModelError(
      'TIMER_INVALID',
      `the timer of ${node.id} is ${JSON.stringify(value)}, not ISO 8601 text`,
    );
  }
  const { kind, attributes } = timer;
  const due = dueAt(kernel, { flowNode: node.id, kind, value, attributes }, kernel.context.now);
  const subscription: TimerSubscription = { id: '', kind: 'timer', node: node.id, token: host?.id ?? 0, due };
  if (kind !== 'cycle') return subscription;
  const { every, times } = parseCycle(value);
  return { ...subscription, every, left: times < 0 ? -1 : times - 1 };
}

/** The next firing of a cycle, counted from the one before so that it keeps its pace; null after the last. */
export function nextFiring(kernel: Kernel, fired: TimerSubscription): TimerSubscription | null {
  const { every, left } = fired;
  const event = eventOf(kernel, fired);
  if (every === undefined || left === undefined || left === 0 || event?.kind !== 'timer') return null;
  const { attributes } = event.timer;
  const due = dueAt(kernel, { flowNode: fired.node, kind: 'duration', value: every, attributes }, fired.due);
  return { ...fired, due, left: left < 0 ? -1 : left - 1 };
}

function dueAt(kernel: Kernel, timer: TimerSpec, from: number): number {
  const due = (kernel.context.timerDue ?? isoTimerDue)(timer, from);
  if (!Number.isFinite(due))
    throw new ModelError('TIMER_INVALID', `the timer of ${timer.flowNode} is never due`);
  return due;
}

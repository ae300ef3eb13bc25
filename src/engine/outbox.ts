import type { Delivery, ProcessInstance } from '../domain/process.ts';
import type { EngineEffect } from './interpreter.ts';

type Thrown = Extract<EngineEffect, { type: 'messageSent' | 'signalThrown' }>;

/**
 * What a step leaves to be delivered: a message to one that waits for it, a signal to each of the `others`, the instances
 * that were active in the dossier when it was thrown. `place` counts what the step threw before.
 */
export function deliveriesOf(
  thrown: Thrown,
  sender: ProcessInstance,
  others: string[],
  place: number,
  now: number,
): { subject: string; deliveries: Delivery[] } {
  // The version is what fences a step: it is written once under it, however often it is made.
  const subject = `${sender.id}-${sender.version + 1}-${place}`;
  const delivery: Delivery = {
    id: subject,
    kind: 'message',
    instance: sender.id,
    dossier: sender.dossier,
    flowNode: thrown.flowNode,
    receiver: null,
    name: thrown.name,
    key: null,
    variables: thrown.variables,
    attempts: 0,
    runAfter: 0,
    leasedUntil: 0,
    createdAt: now,
  };
  const deliveries: Delivery[] =
    thrown.type === 'messageSent'
      ? [{ ...delivery, key: thrown.key ?? null }]
      : others.map((receiver) => ({ ...delivery, id: `${subject}-${receiver}`, kind: 'signal', receiver }));
  return { subject, deliveries };
}

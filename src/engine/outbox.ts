import { createHash } from 'node:crypto';
import type { EventType } from '../domain/events.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Delivery, ProcessInstance, Said } from '../domain/process.ts';
import type { EngineEffect } from './interpreter.ts';

/** The effects that concern other instances. */
type Outward = Extract<
  EngineEffect,
  { type: 'messageSent' | 'signalThrown' | 'callRequested' | 'callCompleted' | 'callCancelled' }
>;

/** What an effect leaves to be delivered, and what the log says of it. */
interface Sent {
  told: EventType;
  subject: string;
  data: JsonObject;
  deliveries: Delivery[];
}

/** The identifier of a call, of its delivery and of the instance that it begins: as short however many calls lead to it. */
export const callId = (caller: string, token: string): string =>
  createHash('sha256').update(`${caller}-${token}`).digest('hex').slice(0, 32);
const endId = (call: string): string => `${call}-end`;

/** All that may be on its way on account of a call. */
export const deliveriesOfCall = (call: string): string[] => [call, endId(call)];

/** What was to be carried on account of a call that is given up. */
export const ofCancelledCalls = (caller: string, effects: EngineEffect[]): string[] =>
  effects.flatMap((effect) =>
    effect.type === 'callCancelled' ? deliveriesOfCall(callId(caller, effect.id)) : [],
  );

/**
 * What a step leaves to be delivered: a message to one that waits for it, a signal to each of the `others`, the instances
 * that were active in the dossier when it was thrown, a call to the process it asks for. `place` counts what the step sent
 * before.
 */
export function sentBy(
  effect: Outward,
  sender: ProcessInstance,
  others: string[],
  place: number,
  now: number,
): Sent {
  // The version is what fences a step: it is written once under it, however often it is made.
  const id = `${sender.id}-${sender.version + 1}-${place}`;
  const { flowNode } = effect;
  const delivery = (says: Said, own = id, receiver: string | null = null): Delivery => ({
    ...EMPTY,
    id: own,
    instance: sender.id,
    dossier: sender.dossier,
    flowNode,
    receiver,
    says,
    createdAt: now,
  });
  switch (effect.type) {
    case 'messageSent': {
      const { name, key = null, variables } = effect;
      const deliveries = [delivery({ kind: 'message', name, key, variables })];
      return { told: 'MessageSent', subject: id, data: { name }, deliveries };
    }
    case 'signalThrown': {
      const { name, variables } = effect;
      const says = { kind: 'signal', name, variables } as const;
      const deliveries = others.map((receiver, n) => delivery(says, `${id}-${n}`, receiver));
      return { told: 'SignalThrown', subject: id, data: { name }, deliveries };
    }
    case 'callRequested': {
      const { id: token, process: procedure, variables } = effect;
      const subject = callId(sender.id, token);
      const depth = (sender.parent?.depth ?? 0) + 1;
      const deliveries = [delivery({ kind: 'call', token, procedure, depth, variables }, subject)];
      return { told: 'CallRequested', subject, data: { procedure }, deliveries };
    }
    case 'callCompleted':
      return { told: 'CallCompleted', subject: callId(sender.id, effect.id), data: {}, deliveries: [] };
    case 'callCancelled': {
      const subject = callId(sender.id, effect.id);
      const deliveries = [delivery({ kind: 'callCancel', call: subject }, `${subject}-cancel`)];
      return { told: 'CallCancelled', subject, data: {}, deliveries };
    }
  }
}

/** What a called instance tells its caller when it has ended; nothing when none has called it. */
export function endOfCall(
  { id, dossier, parent }: ProcessInstance,
  { status, error, variables }: Extract<EngineEffect, { type: 'instanceEnded' }>,
  now: number,
): Delivery[] {
  if (parent === null) return [];
  const { instance: receiver, token, flowNode } = parent;
  const says: Said = { kind: 'callEnd', token, status, error: error ?? null, variables };
  return [{ ...EMPTY, id: endId(id), instance: id, dossier, flowNode, receiver, says, createdAt: now }];
}

/** What the log says of something that an instance received; the beginning and the end of a call are told by their steps. */
export function receiptOf({ instance: from, says }: Delivery): { type: EventType; data: JsonObject } | null {
  switch (says.kind) {
    case 'message':
      return { type: 'MessageReceived', data: { name: says.name, from } };
    case 'signal':
      return { type: 'SignalReceived', data: { name: says.name, from } };
    case 'call':
    case 'callEnd':
    case 'callCancel':
      return null;
  }
}

const EMPTY = { attempts: 0, runAfter: 0, leasedUntil: 0 };

import { DomainError } from '../domain/errors.ts';
import type { NewEvent } from '../domain/events.ts';
import { SYSTEM } from '../domain/party.ts';
import type { Delivery, Incident, ProcessInstance } from '../domain/process.ts';
import type { Advancer, AdvancerOptions } from './advancer.ts';
import { type EngineCommand, isNotAwaited } from './interpreter.ts';
import { engineEvent, type StepFacts } from './planAdvance.ts';
import { Superseded } from './superseded.ts';

export interface DelivererOptions<Tx> extends Pick<AdvancerOptions<Tx>, 'store' | 'realNow'> {
  log(level: 'info' | 'warn' | 'error', message: string, data: Record<string, unknown>): void;
}

/** Pauses after attempts that met a fault, in ms of real time; after the last comes an incident. */
const BACK_OFF_MS = [500, 2_000, 10_000, 60_000];
const MINUTE = 60_000;
/**
 * Pauses while nobody waits for a message, in ms of real time: a day and some hours together. Whoever begins to wait is
 * served before (`AdvanceWrites.wakeMessages`).
 */
const WAIT_MS = [1_000, 10_000, MINUTE, 10 * MINUTE, 60 * MINUTE, 360 * MINUTE, 1_440 * MINUTE];

/** Tries to deliver what one process has to say to others. */
export type Deliver = (delivery: Delivery) => Promise<void>;

/**
 * Brings what was sent to who waits for it. The step that receives it also removes it, so that it is received once even
 * where two nodes try, and again after a crash.
 */
export function createDeliverer<Tx>(options: DelivererOptions<Tx>, advancer: Advancer<Tx>): Deliver {
  const { store, log } = options;

  async function isReceivedBy(receiver: string, delivery: Delivery): Promise<boolean> {
    try {
      await advancer.advance(
        receiver,
        { command: commandOf(delivery), receives: delivery },
        SYSTEM,
        {},
        async (tx) => {
          if ((await store.findDelivery(delivery.id, tx)) === null) throw new Superseded();
        },
      );
      return true;
    } catch (error) {
      if (isNotAwaited(error)) return false;
      throw error;
    }
  }

  async function receiversOf({ receiver, dossier, instance }: Delivery): Promise<string[]> {
    if (receiver !== null) return [receiver];
    const active = await store.activeInstancesOf(dossier);
    return active.filter((id) => id !== instance);
  }

  /** Tries again after the next pause, or gives up where there is none left. */
  async function putOff(delivery: Delivery, pauses: number[], code: string, message: string): Promise<void> {
    const attempts = delivery.attempts + 1;
    const pause = pauses[delivery.attempts];
    if (pause !== undefined) return store.postponeDelivery(delivery, attempts, options.realNow() + pause);
    log('error', 'what a process sent could not be delivered', { delivery: delivery.id, code, message });
    await advancer.advance(
      delivery.instance,
      { amend: (instance, facts) => stopped(delivery, instance, facts, code, message) },
      SYSTEM,
      {},
      async (tx) => {
        const current = await store.findDelivery(delivery.id, tx);
        if (current?.leasedUntil !== delivery.leasedUntil) throw new Superseded();
      },
    );
  }

  async function attempt(delivery: Delivery): Promise<void> {
    try {
      for (const receiver of await receiversOf(delivery)) {
        if (await isReceivedBy(receiver, delivery)) return;
      }
    } catch (error) {
      if (error instanceof Superseded) throw error;
      const code = error instanceof DomainError ? error.code : 'INTERNAL';
      log('warn', 'a delivery failed', { delivery: delivery.id, error: String(error) });
      return putOff(delivery, BACK_OFF_MS, code, String(error));
    }
    // A signal is for those who wait for it now; a message is for somebody.
    if (delivery.kind === 'signal') return store.dropDelivery(delivery);
    await putOff(delivery, WAIT_MS, 'MESSAGE_NOT_RECEIVED', `nobody waits for message ${delivery.name}`);
  }

  return async (delivery) => {
    try {
      await attempt(delivery);
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
      log('info', 'a delivery was settled elsewhere', { delivery: delivery.id });
    }
  };
}

function commandOf({ kind, name, key, variables }: Delivery): EngineCommand {
  if (kind === 'signal') return { type: 'broadcastSignal', name, variables };
  return { type: 'correlateMessage', name, ...(key === null ? {} : { key }), variables };
}

/** A delivery that nobody took stays, untried, until somebody has seen to its incident. */
function stopped(
  delivery: Delivery,
  instance: ProcessInstance,
  facts: StepFacts,
  code: string,
  message: string,
) {
  const attempts = delivery.attempts + 1;
  const incident: Incident = {
    // It may stop, be retried and stop again: each time is an incident of its own.
    id: `${delivery.id}-${instance.version}`,
    instance: instance.id,
    dossier: instance.dossier,
    procedure: instance.procedure,
    territory: facts.territory,
    flowNode: delivery.flowNode,
    token: delivery.id,
    kind: 'delivery',
    job: null,
    code,
    message: message.slice(0, 2000),
    attempts,
    createdAt: facts.now,
    resolvedAt: null,
    resolvedBy: null,
  };
  const events: NewEvent[] = [
    engineEvent('IncidentRaised', instance, facts, delivery.flowNode, incident.id, { code }),
  ];
  const addDeliveries: Delivery[] = [{ ...delivery, attempts, runAfter: null, leasedUntil: 0 }];
  const writes = { removeDeliveries: [delivery.id], addDeliveries, raiseIncidents: [incident] };
  return { writes, events };
}

/** Tries a stopped delivery again, or lets it go. */
export function settleStopped(
  incident: Incident,
  delivery: Delivery,
  goesOn: boolean,
  instance: ProcessInstance,
  facts: StepFacts,
) {
  const addDeliveries: Delivery[] = goesOn ? [{ ...delivery, attempts: 0, runAfter: 0, leasedUntil: 0 }] : [];
  const resolved = { id: incident.id, resolvedAt: facts.now, resolvedBy: facts.by.account };
  const events: NewEvent[] = [
    engineEvent('IncidentResolved', instance, facts, incident.flowNode, incident.id),
  ];
  const writes = { removeDeliveries: [delivery.id], addDeliveries, resolveIncidents: [resolved] };
  return { writes, events };
}

import { DomainError } from '../domain/errors.ts';
import { SYSTEM } from '../domain/party.ts';
import type { Delivery, ProcessInstance, Said } from '../domain/process.ts';
import type { Advancer, AdvancerOptions } from './advancer.ts';
import { type EngineCommand, isNotAwaited } from './interpreter.ts';
import { deliveriesOfCall } from './outbox.ts';
import { incidentAt, stopped } from './stoppedDelivery.ts';
import { Superseded } from './superseded.ts';

export interface DelivererOptions<Tx> extends Pick<AdvancerOptions<Tx>, 'store' | 'clock' | 'realNow'> {
  /** The version by which a process of a procedure begins now; left out where none is called. @throws DomainError */
  inForce?(procedure: string): Promise<string>;
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
/** Processes that call each other without end must not fill the store. */
const DEEPEST_CALL = 20;

/** Thrown for what a person must see to: trying again would change nothing. */
class Undeliverable extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Tries to deliver what one process has to say to others. */
export type Deliver = (delivery: Delivery) => Promise<void>;

/**
 * Brings what was sent to who waits for it. The step that receives it also removes it, so that it is received once even
 * where two nodes try, and again after a crash.
 */
export function createDeliverer<Tx>(options: DelivererOptions<Tx>, advancer: Advancer<Tx>): Deliver {
  const { store, log } = options;

  async function isReceivedBy(
    receiver: string,
    command: EngineCommand,
    receives: Delivery,
  ): Promise<boolean> {
    try {
      await advancer.advance(receiver, { command, receives }, SYSTEM);
      return true;
    } catch (error) {
      if (isNotAwaited(error)) return false;
      throw error;
    }
  }

  async function isReceivedByOne(delivery: Delivery, command: EngineCommand): Promise<boolean> {
    for (const receiver of await store.activeInstancesOf(delivery.dossier)) {
      if (receiver !== delivery.instance && (await isReceivedBy(receiver, command, delivery))) return true;
    }
    return false;
  }

  async function begin(call: Delivery, { token, procedure, depth, variables }: Called): Promise<true> {
    if (depth > DEEPEST_CALL)
      throw new Undeliverable('CALLS_TOO_DEEP', `${depth} calls lead to ${procedure}`);
    if (options.inForce === undefined)
      throw new Undeliverable('NOTHING_IS_CALLED', 'no process is called here');
    const { id, dossier, instance, flowNode } = call;
    const begun: ProcessInstance = {
      id,
      dossier,
      procedure,
      definition: await options.inForce(procedure),
      status: 'active',
      state: null,
      version: 0,
      startedAt: options.clock.now(),
      endedAt: null,
      endEvent: null,
      openTasks: [],
      parent: { instance, token, flowNode, depth },
    };
    await advancer.begin(begun, variables, SYSTEM, {}, call);
    return true;
  }

  /** What was on its way is taken back first: from then on the process has begun, or never will. */
  async function cancel(call: string, delivery: Delivery): Promise<boolean> {
    await store.removeDeliveries(deliveriesOfCall(call));
    if ((await store.findInstance(call)) === null) return false;
    return isReceivedBy(call, { type: 'cancel' }, delivery);
  }

  /** Whether somebody took it. @throws Superseded when that was settled elsewhere */
  async function isTaken(delivery: Delivery): Promise<boolean> {
    const { says, receiver } = delivery;
    switch (says.kind) {
      case 'message': {
        const { name, key, variables } = says;
        const command = {
          type: 'correlateMessage',
          name,
          ...(key === null ? {} : { key }),
          variables,
        } as const;
        return isReceivedByOne(delivery, command);
      }
      case 'signal': {
        const { name, variables } = says;
        return isReceivedBy(to(receiver), { type: 'broadcastSignal', name, variables }, delivery);
      }
      case 'call':
        return begin(delivery, says);
      case 'callEnd':
        return isReceivedBy(to(receiver), endOf(says), delivery);
      case 'callCancel':
        return cancel(says.call, delivery);
    }
  }

  /** Tries again after the next pause, or leaves it to a person where there is none left. */
  async function putOff(delivery: Delivery, pauses: number[], code: string, message: string): Promise<void> {
    const attempts = delivery.attempts + 1;
    const pause = pauses[delivery.attempts];
    if (pause !== undefined) return store.postponeDelivery(delivery, attempts, options.realNow() + pause);
    log('error', 'what a process sent could not be delivered', { delivery: delivery.id, code, message });
    await advancer.advance(
      incidentAt(delivery),
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
      if (await isTaken(delivery)) return;
    } catch (error) {
      if (error instanceof Superseded) throw error;
      log('warn', 'a delivery failed', { delivery: delivery.id, error: String(error) });
      const refused = error instanceof DomainError && error.status < 500;
      // What is refused by rule fails the same way each time: a person must change something first.
      const pauses = refused || error instanceof Undeliverable ? [] : BACK_OFF_MS;
      const code = error instanceof DomainError || error instanceof Undeliverable ? error.code : 'INTERNAL';
      return putOff(delivery, pauses, code, String(error));
    }
    const { says } = delivery;
    // A message is for somebody; all else is for those who wait for it now.
    if (says.kind !== 'message') return store.dropDelivery(delivery);
    await putOff(delivery, WAIT_MS, 'MESSAGE_NOT_RECEIVED', `nobody waits for message ${says.name}`);
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

type Called = Extract<Said, { kind: 'call' }>;

/** @throws Undeliverable for a process that a person has cancelled: BPMN does not say what its caller does then */
function endOf({ token: id, status, error, variables }: Extract<Said, { kind: 'callEnd' }>): EngineCommand {
  if (status === 'cancelled')
    throw new Undeliverable('CALLED_PROCESS_CANCELLED', 'the called process was cancelled by hand');
  if (error !== null) return { type: 'throwError', id, code: error, variables };
  return { type: 'completeCall', id, variables };
}

function to(receiver: string | null): string {
  if (receiver === null) throw new Error('a delivery to one instance does not name it');
  return receiver;
}

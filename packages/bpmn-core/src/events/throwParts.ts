import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import { escalate } from './escalation.ts';
import { correlationKey, sendMessage } from './message.ts';
import { partsOf } from './parts.ts';
import { throwSignal } from './signal.ts';

/** Sends the messages of an event: all of them or, if one has no key to be sent by, none. @throws ModelError */
export function sendMessages(kernel: Kernel, token: LiveToken): void {
  const messages = partsOf(token.node).flatMap((event) => (event.kind === 'message' ? [event.message] : []));
  for (const message of messages) correlationKey(kernel, token, message);
  for (const message of messages) sendMessage(kernel, token, message);
}

/** Throws the signals and escalations of an event in turn, until one of them interrupts where it stands. */
export function throwOthers(kernel: Kernel, token: LiveToken): void {
  for (const event of partsOf(token.node)) {
    if (!token.alive) return;
    if (event.kind === 'signal') throwSignal(kernel, token, event.name);
    else if (event.kind === 'escalation') escalate(kernel, event.code ?? '', token);
  }
}

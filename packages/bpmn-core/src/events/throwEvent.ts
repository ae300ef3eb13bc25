import type { Behaviour } from '../runtime/kernel.ts';
import { sendMessage } from './message.ts';

/** An intermediate throw event sends its message, if any, and leads on at once (clauses 10.5.4 and 13.5.2). */
export const throwEvent: Behaviour = {
  waits: () => false,
  execute(kernel, token) {
    const event = token.node.event;
    if (event?.kind === 'message') sendMessage(kernel, token, event.message);
    kernel.schedule(token, 'leave');
  },
};

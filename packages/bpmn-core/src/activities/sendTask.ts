import { sendMessage } from '../events/message.ts';
import type { Behaviour } from '../runtime/kernel.ts';
import { job } from './job.ts';

/**
 * Sends the message it references and is done (clause 13.3.3); without a message the host sends whatever its
 * implementation says, as a job.
 */
export const sendTask: Behaviour = {
  waits: (node) => node.event === null,
  execute(kernel, token) {
    const event = token.node.event;
    if (event?.kind !== 'message') {
      job.execute(kernel, token);
      return;
    }
    sendMessage(kernel, token, event.message);
    kernel.schedule(token, 'leave');
  },
};

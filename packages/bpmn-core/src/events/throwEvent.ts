import { compensate } from '../compensation/compensate.ts';
import type { Behaviour } from '../runtime/kernel.ts';
import { followLink } from './link.ts';
import { sendMessages, throwOthers } from './throwParts.ts';

/**
 * An intermediate throw event does what it says and leads on at once (clauses 10.5.4 and 13.5.2); only a compensation is
 * waited for. What it throws may interrupt where it stands: then it leads nowhere.
 */
export const throwEvent: Behaviour = {
  waits: () => false,
  execute(kernel, token) {
    const event = token.node.event;
    if (event?.kind === 'compensation') {
      compensate(kernel, token, event.activity);
      return;
    }
    if (event?.kind === 'link') {
      if (event.target !== null) followLink(kernel, token, event.target);
      return;
    }
    sendMessages(kernel, token);
    throwOthers(kernel, token);
    if (token.alive) kernel.schedule(token, 'leave');
  },
};

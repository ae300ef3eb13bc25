import { cancelTransaction, compensate } from '../compensation/compensate.ts';
import type { Behaviour, Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import { raiseError } from './error.ts';
import { reachEnd } from './reachEnd.ts';
import { sendMessages, throwOthers } from './throwParts.ts';

/** An end event throws its result and ends its token (clauses 10.5.3 and 13.5.6); a compensation is waited for first. */
export const endEvent: Behaviour = {
  waits: () => false,
  execute(kernel, token) {
    const event = token.node.event;
    if (event?.kind === 'compensation') {
      compensate(kernel, token, event.activity);
      return;
    }
    if (event?.kind === 'cancel') {
      cancelTransaction(kernel, token);
      return;
    }
    // What can fail comes before the end is reached: a retry begins anew.
    sendMessages(kernel, token);
    reachEnd(kernel, token);
    if (event?.kind === 'terminate') terminate(kernel, token);
    else if (event?.kind === 'error') raiseError(kernel, event.code ?? '', token);
    else throwOthers(kernel, token);
    kernel.consume(token);
  },
};

/** Cancels all that runs in the scope of the end event: the whole instance, or the sub-process it is drawn in. */
function terminate(kernel: Kernel, token: LiveToken): void {
  if (token.scope === 0) {
    kernel.end('terminated');
    return;
  }
  for (const other of kernel.tokens) if (other !== token && other.scope === token.scope) kernel.kill(other);
}

import type { Behaviour, Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import { raiseError } from './error.ts';
import { sendMessage } from './message.ts';

/** An end event throws its result and ends its token (clauses 10.5.3 and 13.5.6). */
export const endEvent: Behaviour = {
  waits: () => false,
  execute(kernel, token) {
    const event = token.node.event;
    const flowNode = token.node.id;
    if (event?.kind === 'message') sendMessage(kernel, token, event.message);
    kernel.emit({ type: 'endEventReached', flowNode });
    kernel.emit({ type: 'flowNodeLeft', flowNode });
    if (event?.kind === 'terminate') terminate(kernel, token);
    else if (event?.kind === 'error') raiseError(kernel, event.code ?? '', token);
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

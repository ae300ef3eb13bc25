import type { Behaviour } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';

/** Waits for one token on each incoming flow, then leads on along each outgoing flow (clauses 10.6.4 and 13.4.1). */
export const parallelGateway: Behaviour = {
  waits: () => false,
  execute(kernel, token) {
    const { node, scope } = token;
    kernel.wait(token, 'join');
    const oldest = new Map<string, LiveToken>();
    for (const other of kernel.tokens) {
      if (!other.alive || other.node !== node || other.scope !== scope || other.waiting !== 'join') continue;
      if (other.flow !== null && !oldest.has(other.flow)) oldest.set(other.flow, other);
    }
    if (oldest.size < node.incoming.length) return;
    for (const other of oldest.values()) if (other !== token) kernel.consume(other);
    kernel.schedule(token, 'leave');
  },
};

import { CommandError } from '../errors.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';

/** The token that waits with this task, job or incident. @throws CommandError NOT_WAITING */
export function getWaiting(
  kernel: Kernel,
  kinds: readonly ('task' | 'job' | 'call' | 'incident')[],
  id: string,
): LiveToken {
  for (const token of kernel.tokens) {
    if (token.work === id && kinds.some((kind) => kind === token.waiting)) return token;
  }
  throw new CommandError('NOT_WAITING', `no open ${kinds.join(' or ')} has the id ${id}`);
}

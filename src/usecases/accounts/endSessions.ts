import type { RequestContext } from '../dependencies.ts';
import type { AccountDependencies } from './dependencies.ts';

/** Ends every sign-in of one's own account, on every device; the own one ends with its access token. */
export async function endSessions(deps: AccountDependencies, { actor }: RequestContext): Promise<void> {
  await deps.store.sessions.revokeAccount(actor.account, deps.realNow());
}

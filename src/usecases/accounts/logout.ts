import type { RequestContext } from '../dependencies.ts';
import type { AccountDependencies } from './dependencies.ts';
import { hashOfSecret } from './secrets.ts';

/** Ends a sign-in; the refresh token is the proof. Ending it again changes nothing. */
export async function logout(
  deps: AccountDependencies,
  _context: RequestContext,
  input: { refreshToken: string },
): Promise<void> {
  const session = await deps.store.sessions.findByHash(hashOfSecret(input.refreshToken));
  if (session !== null) await deps.store.sessions.revokeFamily(session.family, deps.realNow());
}

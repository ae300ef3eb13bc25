import { DomainError } from '../../domain/errors.ts';
import type { RequestContext } from '../dependencies.ts';
import type { AccountDependencies } from './dependencies.ts';
import { openSession, type Session } from './openSession.ts';
import { hashOfSecret } from './secrets.ts';

/**
 * Changes a refresh token, once, for new tokens. A second use means that two hold it: all tokens of that sign-in end.
 * @throws DomainError INVALID_REFRESH_TOKEN, REFRESH_TOKEN_REUSED
 */
export async function refreshTokens(
  deps: AccountDependencies,
  _context: RequestContext,
  input: { refreshToken: string },
): Promise<Session> {
  const { sessions, accounts } = deps.store;
  const now = deps.realNow();
  const used = await sessions.findByHash(hashOfSecret(input.refreshToken));
  if (used === null || used.expiresAt <= now) throw new DomainError('INVALID_REFRESH_TOKEN');
  if (used.usedAt !== null) return revoke('REFRESH_TOKEN_REUSED');
  if (used.revokedAt !== null) throw new DomainError('INVALID_REFRESH_TOKEN');
  const account = await accounts.find(used.account);
  if (account === null || !account.active) return revoke('INVALID_REFRESH_TOKEN');
  // The new token is there before the old one is used up: whoever finds the old one used ends the new one too.
  const session = await openSession(deps, used.account, used.family, used.inBrowser);
  if (!(await sessions.use(used.id, now))) return revoke('REFRESH_TOKEN_REUSED');
  return session;

  async function revoke(code: 'REFRESH_TOKEN_REUSED' | 'INVALID_REFRESH_TOKEN'): Promise<never> {
    if (used !== null) await sessions.revokeFamily(used.family, now);
    throw new DomainError(code);
  }
}

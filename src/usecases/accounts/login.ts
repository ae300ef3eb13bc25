import type { RequestContext } from '../dependencies.ts';
import { checkedSignIn } from './checkedSignIn.ts';
import type { AccountDependencies } from './dependencies.ts';
import { openSession, type Session } from './openSession.ts';

/** Signs in with e-mail and password. @throws DomainError INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS */
export async function login(
  deps: AccountDependencies,
  _context: RequestContext,
  input: { email: string; password: string; inBrowser?: boolean },
): Promise<Session> {
  const account = await checkedSignIn(deps, input.email, input.password);
  if (account.passwordHash !== null && deps.passwords.isOutdated(account.passwordHash)) {
    const passwordHash = await deps.passwords.hash(input.password);
    await deps.store.transaction((tx) => deps.store.accounts.save(tx, { ...account, passwordHash }));
  }
  return openSession(deps, account.id, deps.newId(), input.inBrowser ?? false);
}

import { DomainError } from '../../domain/errors.ts';
import { checkPassword } from '../../domain/password.ts';
import type { RequestContext } from '../dependencies.ts';
import { accountEvent } from './accountEvent.ts';
import type { AccountDependencies } from './dependencies.ts';
import { hashOfSecret } from './secrets.ts';

/**
 * Takes an account into one's hands with its one-time secret, by choosing a password, and an address to sign in with
 * where the account has none yet. A refusal does not use up the secret; earlier sign-ins of the account end.
 * @throws DomainError INVALID_ACTIVATION_SECRET, WEAK_PASSWORD, EMAIL_REQUIRED, EMAIL_TAKEN
 */
export async function activateAccount(
  deps: AccountDependencies,
  _context: RequestContext,
  input: { secret: string; password: string; email?: string | undefined },
): Promise<{ email: string }> {
  const { store } = deps;
  const now = deps.clock.now();
  // Slow on purpose, and so done once and outside the transaction.
  const passwordHash = await deps.passwords.hash(input.password);
  const { id, email } = await store.transaction(async (tx) => {
    const taken = await store.activations.take(tx, hashOfSecret(input.secret), deps.realNow());
    const account = taken === null ? null : await store.accounts.find(taken.account, tx);
    if (account === null || !account.active) throw new DomainError('INVALID_ACTIVATION_SECRET');
    // An account opened at a counter may have no address yet; one that has is not moved to another by its secret.
    const email = account.email ?? input.email ?? null;
    if (email === null) throw new DomainError('EMAIL_REQUIRED', { field: '/email' });
    checkPassword(input.password, email);
    await store.accounts.save(tx, { ...account, email, passwordHash });
    const by = { account: account.id, party: 'administration' } as const;
    store.appendEvents(tx, [accountEvent('AccountActivated', now, account.id, by)]);
    return { id: account.id, email };
  });
  await store.sessions.revokeAccount(id, deps.realNow());
  return { email };
}

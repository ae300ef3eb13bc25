import { DomainError } from '../../domain/errors.ts';
import { checkPassword } from '../../domain/password.ts';
import type { RequestContext } from '../dependencies.ts';
import { accountEvent } from './accountEvent.ts';
import type { AccountDependencies } from './dependencies.ts';
import { hashOfSecret } from './secrets.ts';

/**
 * Takes an account into one's hands with its one-time secret, by choosing a password. A refused password does not use
 * up the secret; earlier sign-ins of the account end.
 * @throws DomainError INVALID_ACTIVATION_SECRET, WEAK_PASSWORD
 */
export async function activateAccount(
  deps: AccountDependencies,
  _context: RequestContext,
  input: { secret: string; password: string },
): Promise<void> {
  const { store } = deps;
  const now = deps.clock.now();
  // Slow on purpose, and so done once and outside the transaction.
  const passwordHash = await deps.passwords.hash(input.password);
  const id = await store.transaction(async (tx) => {
    const taken = await store.activations.take(tx, hashOfSecret(input.secret), deps.realNow());
    const account = taken === null ? null : await store.accounts.find(taken.account, tx);
    if (account === null || !account.active) throw new DomainError('INVALID_ACTIVATION_SECRET');
    checkPassword(input.password, account.email);
    await store.accounts.save(tx, { ...account, passwordHash });
    const by = { account: account.id, party: 'administration' } as const;
    store.appendEvents(tx, [accountEvent('AccountActivated', now, account.id, by)]);
    return account.id;
  });
  await store.sessions.revokeAccount(id, deps.realNow());
}

import { authorize } from '../../domain/access.ts';
import type { Account } from '../../domain/party.ts';
import type { RequestContext } from '../dependencies.ts';
import { remember } from '../remember.ts';
import { accountEvent } from './accountEvent.ts';
import { issueActivationSecret } from './activationSecret.ts';
import type { AccountDependencies } from './dependencies.ts';
import { newSecret } from './secrets.ts';

/**
 * Gives a new one-time secret to whoever lost theirs or their password; the old password works until it is used.
 * @throws DomainError FORBIDDEN, ACCOUNT_NOT_FOUND
 */
export async function renewSecret(
  deps: AccountDependencies,
  context: RequestContext,
  input: { id: string },
): Promise<{ account: Account; secret: string }> {
  authorize(context.actor, 'account.administer', null);
  const secret = newSecret();
  const now = deps.clock.now();
  const by = { account: context.actor.account, party: 'administration' } as const;
  const account = await deps.store.transaction(async (tx) => {
    const found = await deps.store.accounts.get(input.id, tx);
    await issueActivationSecret(deps, tx, found.id, secret);
    await remember(deps, context, tx, { kind: 'account', id: found.id });
    deps.store.appendEvents(tx, [accountEvent('AccountChanged', now, found.id, by, { changed: ['secret'] })]);
    return found;
  });
  return { account, secret };
}

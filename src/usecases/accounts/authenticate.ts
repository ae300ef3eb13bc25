import { isAllowed } from '../../domain/access.ts';
import { isInForce } from '../../domain/delegation.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Actor } from '../../domain/party.ts';
import type { AccountDependencies } from './dependencies.ts';

/** Finds out who comes with an access token, with the grants of this moment. @throws DomainError UNAUTHENTICATED */
export async function authenticate(
  deps: Pick<AccountDependencies, 'store' | 'accessTokens' | 'clock'>,
  accessToken: string,
): Promise<Actor> {
  const token = deps.accessTokens.read(accessToken);
  const account = token === null ? null : await deps.store.accounts.find(token.account);
  if (token === null || account === null || !account.active) throw new DomainError('UNAUTHENTICATED');
  const actor: Actor = {
    account: account.id,
    name: account.name,
    grants: account.grants,
    ...(token.inBrowser ? { inBrowser: true } : {}),
  };
  // Only those who may apply for themselves are ever named: officials' requests ask for nothing more.
  if (!isAllowed(actor, 'delegate.name', null)) return actor;
  const now = deps.clock.now();
  const given = (await deps.store.delegations.to(account.id)).filter((one) => isInForce(one, now));
  return { ...actor, actsFor: given.map(({ principal, procedure }) => ({ principal, procedure })) };
}

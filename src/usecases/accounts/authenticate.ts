import { DomainError } from '../../domain/errors.ts';
import type { Actor } from '../../domain/party.ts';
import type { AccountDependencies } from './dependencies.ts';

/** Finds out who comes with an access token, with the grants of this moment. @throws DomainError UNAUTHENTICATED */
export async function authenticate(
  deps: Pick<AccountDependencies, 'store' | 'accessTokens'>,
  accessToken: string,
): Promise<Actor> {
  const id = deps.accessTokens.read(accessToken);
  const account = id === null ? null : await deps.store.accounts.find(id);
  if (account === null || !account.active) throw new DomainError('UNAUTHENTICATED');
  return { account: account.id, name: account.name, grants: account.grants };
}

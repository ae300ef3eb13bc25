import type { Account } from '../../domain/party.ts';
import type { RequestContext } from '../dependencies.ts';
import type { AccountDependencies } from './dependencies.ts';

/** The own account. @throws DomainError ACCOUNT_NOT_FOUND */
export function readProfile(
  deps: Pick<AccountDependencies, 'store'>,
  { actor }: RequestContext,
): Promise<Account> {
  return deps.store.accounts.get(actor.account);
}

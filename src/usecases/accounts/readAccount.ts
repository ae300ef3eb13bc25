import { authorize } from '../../domain/access.ts';
import type { Account } from '../../domain/party.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { RequestContext } from '../dependencies.ts';
import type { AccountDependencies } from './dependencies.ts';

/** One account, for administrators. @throws DomainError FORBIDDEN, ACCOUNT_NOT_FOUND */
export async function readAccount(
  deps: Pick<AccountDependencies, 'store'>,
  context: RequestContext,
  input: { id: string },
): Promise<Account> {
  authorize(context.actor, 'account.administer', null);
  return deps.store.accounts.get(input.id);
}

/** Accounts by words of their name or e-mail, role, territory or body, for administrators. @throws DomainError FORBIDDEN, INVALID_CURSOR */
export async function listAccounts(
  deps: Pick<AccountDependencies, 'store'>,
  context: RequestContext,
  input: {
    q?: string | undefined;
    role?: string | undefined;
    territory?: string | undefined;
    body?: string | undefined;
    page: PageRequest;
  },
): Promise<Page<Account>> {
  authorize(context.actor, 'account.administer', null);
  const { page, ...wanted } = input;
  const filter = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  return deps.store.accounts.list(filter, page);
}

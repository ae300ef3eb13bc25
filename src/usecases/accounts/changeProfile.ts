import { DomainError } from '../../domain/errors.ts';
import type { Language } from '../../domain/json.ts';
import type { Account } from '../../domain/party.ts';
import { checkPassword } from '../../domain/password.ts';
import type { RequestContext } from '../dependencies.ts';
import { accountEvent } from './accountEvent.ts';
import { checkedSignIn } from './checkedSignIn.ts';
import type { AccountDependencies } from './dependencies.ts';

interface Input {
  ifVersion?: number | undefined;
  name?: string;
  nameAr?: string | null;
  phone?: string | null;
  language?: Language;
  password?: { current: string; next: string };
}

/**
 * Changes the own profile. A new password needs the current one and ends every sign-in. The name under which somebody
 * signs in office is the administrator's to change.
 * @throws DomainError FORBIDDEN, INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS, WEAK_PASSWORD, STALE_VERSION
 */
export async function changeProfile(
  deps: AccountDependencies,
  { actor }: RequestContext,
  input: Input,
): Promise<Account> {
  const { ifVersion, password, ...given } = input;
  const { store } = deps;
  const changes: Partial<Account> = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  if (password !== undefined) {
    const { email } = await store.accounts.get(actor.account);
    // Nobody signs in without an address; who is here has one.
    if (email === null) throw new DomainError('INVALID_CREDENTIALS');
    await checkedSignIn(deps, email, password.current);
    checkPassword(password.next, email);
    changes.passwordHash = await deps.passwords.hash(password.next);
  }
  const now = deps.clock.now();
  const account = await store.transaction(async (tx) => {
    const found = await store.accounts.get(actor.account, tx);
    if (ifVersion !== undefined && found.version !== ifVersion) {
      throw new DomainError('STALE_VERSION', { current: found.version, given: ifVersion });
    }
    const isOfficial = found.grants.some(({ role }) => role !== 'applicant' && role !== 'architect');
    if (isOfficial && ('name' in changes || 'nameAr' in changes)) {
      throw new DomainError('FORBIDDEN', { field: '/name' });
    }
    const saved = await store.accounts.save(tx, { ...found, ...changes });
    if (changes.name !== undefined || changes.nameAr !== undefined)
      await store.dossiers.indexOf(tx, actor.account);
    const by = { account: actor.account, party: isOfficial ? 'administration' : 'applicant' } as const;
    const changed = Object.keys(given).concat(password === undefined ? [] : ['password']);
    store.appendEvents(tx, [accountEvent('AccountChanged', now, actor.account, by, { changed })]);
    return saved;
  });
  if (password !== undefined) await store.sessions.revokeAccount(account.id, deps.realNow());
  return account;
}

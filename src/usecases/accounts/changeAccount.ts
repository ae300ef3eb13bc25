import { authorize } from '../../domain/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { LocalizedText } from '../../domain/json.ts';
import type { Account, RoleGrant } from '../../domain/party.ts';
import type { RequestContext } from '../dependencies.ts';
import { accountEvent } from './accountEvent.ts';
import { checkGrants } from './checkGrants.ts';
import type { AccountDependencies } from './dependencies.ts';
import { releaseTasks } from './releaseTasks.ts';

interface Input {
  id: string;
  ifVersion?: number | undefined;
  name?: string;
  nameAr?: string | null;
  phone?: string | null;
  jobTitle?: LocalizedText | null;
  grants?: RoleGrant[];
  active?: boolean;
}

/**
 * Changes an account's name, office or grants, or closes it. Whoever loses or gains rights must sign in again.
 * Administrators cannot close their own account or give up its administration: somebody must be left to do it.
 * @throws DomainError FORBIDDEN, ACCOUNT_NOT_FOUND, INVALID_GRANT, STALE_VERSION
 */
export async function changeAccount(
  deps: AccountDependencies,
  context: RequestContext,
  input: Input,
): Promise<Account> {
  const { actor } = context;
  authorize(actor, 'account.administer', null);
  const { id, ifVersion, ...given } = input;
  const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  if (input.grants !== undefined) await checkGrants(deps, input.grants);
  const { store } = deps;
  const now = deps.clock.now();
  const touchesRights = input.grants !== undefined || input.active !== undefined;

  const account = await store.transaction(async (tx) => {
    const found = await store.accounts.get(id, tx);
    if (ifVersion !== undefined && found.version !== ifVersion) {
      throw new DomainError('STALE_VERSION', { current: found.version, given: ifVersion });
    }
    const changed = { ...found, ...changes };
    const stillAdministers = changed.active && changed.grants.some(({ role }) => role === 'administrator');
    if (id === actor.account && !stillAdministers) throw new DomainError('FORBIDDEN', { account: id });
    const saved = await store.accounts.save(tx, changed);
    if (changes.name !== undefined || changes.nameAr !== undefined) await store.dossiers.indexOf(tx, id);
    const by = { account: actor.account, party: 'administration' } as const;
    store.appendEvents(tx, [
      accountEvent('AccountChanged', now, id, by, {
        changed: Object.keys(changes),
        ...(input.active === undefined ? {} : { active: input.active }),
        ...(input.grants === undefined ? {} : { grants: saved.grants.map((grant) => ({ ...grant })) }),
      }),
    ]);
    if (touchesRights) await releaseTasks(deps, tx, saved, actor, now);
    return saved;
  });
  if (touchesRights) await store.sessions.revokeAccount(id, deps.realNow());
  return account;
}

import { DomainError } from '../../domain/errors.ts';
import { type Account, SYSTEM } from '../../domain/party.ts';
import { accountEvent } from './accountEvent.ts';
import { issueActivationSecret } from './activationSecret.ts';
import type { AccountDependencies } from './dependencies.ts';
import { newSecret } from './secrets.ts';

/** Name of the setting that says which account was the first. */
const FIRST_ADMINISTRATOR = 'firstAdministrator';

/**
 * At the first start, opens the account of the first administrator and answers the secret to print. Answers null ever
 * after, and to all but one of the nodes that start at once. A node that is `alone` on its store gives a new secret as
 * long as nobody has taken the account, since the first may have been lost with its terminal.
 */
export async function ensureAdministrator(
  deps: AccountDependencies,
  input: { email: string; name: string; language: Account['language']; alone?: boolean },
): Promise<{ account: Account; secret: string } | null> {
  const { store } = deps;
  // All nodes agree on one identifier first: of those that then insert it, one can.
  const first = await store.settings.once(FIRST_ADMINISTRATOR, { account: deps.newId() });
  const id = String(first.account);
  const existing = await store.accounts.find(id);
  if (existing !== null) {
    return input.alone && existing.passwordHash === null ? renewed(deps, existing) : null;
  }
  const account: Account = {
    id,
    kind: 'person',
    email: input.email,
    name: input.name,
    nameAr: null,
    identityNumber: null,
    phone: null,
    orderNumber: null,
    language: input.language,
    jobTitle: null,
    grants: [{ role: 'administrator', territory: '*', body: null }],
    passwordHash: null,
    active: true,
    createdAt: deps.clock.now(),
    version: 1,
  };
  const secret = newSecret();
  try {
    await store.transaction(async (tx) => {
      await store.accounts.insert(tx, account);
      await issueActivationSecret(deps, tx, id, secret);
      const by = { account: SYSTEM.account, party: 'system' } as const;
      store.appendEvents(tx, [accountEvent('AccountOpened', account.createdAt, id, by, { kind: 'person' })]);
    });
    return { account, secret };
  } catch (error) {
    const isTaken = error instanceof DomainError && error.code === 'EMAIL_TAKEN';
    if (isTaken && (await store.accounts.find(id)) !== null) return null;
    throw error;
  }
}

async function renewed(
  deps: AccountDependencies,
  account: Account,
): Promise<{ account: Account; secret: string }> {
  const secret = newSecret();
  await deps.store.transaction((tx) => issueActivationSecret(deps, tx, account.id, secret));
  return { account, secret };
}

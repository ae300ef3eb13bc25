import { authorize } from '../../domain/access.ts';
import type { Language, LocalizedText } from '../../domain/json.ts';
import type { Account, AccountKind, RoleGrant } from '../../domain/party.ts';
import type { RequestContext } from '../dependencies.ts';
import { remember } from '../remember.ts';
import { accountEvent } from './accountEvent.ts';
import { issueActivationSecret } from './activationSecret.ts';
import { checkGrants } from './checkGrants.ts';
import type { AccountDependencies } from './dependencies.ts';
import { newSecret } from './secrets.ts';

interface Input {
  kind: AccountKind;
  email: string;
  name: string;
  nameAr?: string | null;
  phone?: string | null;
  orderNumber?: string | null;
  identityNumber?: string | null;
  language: Language;
  jobTitle?: LocalizedText | null;
  grants: RoleGrant[];
}

/**
 * Opens an account for an official. The secret is told this once; whoever has it chooses the password.
 * @throws DomainError FORBIDDEN, INVALID_GRANT, EMAIL_TAKEN
 */
export async function openAccount(
  deps: AccountDependencies,
  context: RequestContext,
  input: Input,
): Promise<{ account: Account; secret: string }> {
  authorize(context.actor, 'account.administer', null);
  await checkGrants(deps, input.grants);
  const account: Account = {
    id: deps.newId(),
    kind: input.kind,
    email: input.email,
    name: input.name,
    nameAr: input.nameAr ?? null,
    identityNumber: input.identityNumber ?? null,
    phone: input.phone ?? null,
    orderNumber: input.orderNumber ?? null,
    language: input.language,
    jobTitle: input.jobTitle ?? null,
    grants: input.grants.map(({ role, territory, body }) => ({ role, territory, body })),
    passwordHash: null,
    active: true,
    createdAt: deps.clock.now(),
    version: 1,
  };
  const secret = newSecret();
  const by = { account: context.actor.account, party: 'administration' } as const;
  await deps.store.transaction(async (tx) => {
    await deps.store.accounts.insert(tx, account);
    await issueActivationSecret(deps, tx, account.id, secret);
    await remember(deps, context, tx, { kind: 'account', id: account.id });
    deps.store.appendEvents(tx, [
      accountEvent('AccountOpened', account.createdAt, account.id, by, {
        kind: account.kind,
        grants: account.grants.map((grant) => ({ ...grant })),
      }),
    ]);
  });
  return { account, secret };
}

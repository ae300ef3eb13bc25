import type { FieldError } from '../../domain/errors.ts';
import type { Language } from '../../domain/json.ts';
import type { Account, AccountKind, SELF_SERVICE_ROLES } from '../../domain/party.ts';
import { checkPassword } from '../../domain/password.ts';
import type { RequestContext } from '../dependencies.ts';
import { invalidInput } from '../invalidInput.ts';
import { remember } from '../remember.ts';
import { accountEvent } from './accountEvent.ts';
import type { AccountDependencies } from './dependencies.ts';

interface Input {
  kind: AccountKind;
  role: (typeof SELF_SERVICE_ROLES)[number];
  email: string;
  password: string;
  name: string;
  nameAr?: string | null;
  identityNumber?: string | null;
  phone?: string | null;
  orderNumber?: string | null;
  language: Language;
}

/**
 * Signs up an applicant or architect, a person or a company; the account may be used at once.
 * @throws DomainError INVALID_INPUT, WEAK_PASSWORD, EMAIL_TAKEN
 */
export async function registerAccount(
  deps: AccountDependencies,
  context: RequestContext,
  input: Input,
): Promise<Account> {
  const missing: FieldError[] = [];
  if (input.role === 'architect' && !input.orderNumber) {
    missing.push({ field: '/orderNumber', rule: 'required', params: {} });
  }
  invalidInput(missing);
  checkPassword(input.password, input.email);
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
    jobTitle: null,
    grants: [{ role: input.role, territory: '*', body: null }],
    passwordHash: await deps.passwords.hash(input.password),
    active: true,
    createdAt: deps.clock.now(),
    version: 1,
  };
  const by = { account: account.id, party: 'applicant' } as const;
  const data = { kind: account.kind, role: input.role };
  await deps.store.transaction(async (tx) => {
    await deps.store.accounts.insert(tx, account);
    await remember(deps, context, tx, { kind: 'account', id: account.id });
    deps.store.appendEvents(tx, [accountEvent('AccountRegistered', account.createdAt, account.id, by, data)]);
  });
  return account;
}

import { DomainError } from '../../domain/errors.ts';
import { grantsOf } from '../../domain/party.ts';
import type { Core } from '../dependencies.ts';

/** The account of an owner or architect named by e-mail. @throws DomainError APPLICANT_NOT_FOUND, ARCHITECT_NOT_FOUND */
export async function findParty(
  core: Pick<Core, 'store'>,
  role: 'applicant' | 'architect',
  email: string | undefined,
): Promise<string> {
  const account = email === undefined ? null : await core.store.accounts.findByEmail(email);
  const holder = account?.active && grantsOf({ ...account, account: account.id }, role).length > 0;
  if (!holder) throw new DomainError(role === 'applicant' ? 'APPLICANT_NOT_FOUND' : 'ARCHITECT_NOT_FOUND');
  return account.id;
}

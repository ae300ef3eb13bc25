import { DomainError } from '../../domain/errors.ts';
import type { RequestContext } from '../dependencies.ts';
import { CONFIRMATION_SECONDS } from './accessTokens.ts';
import { checkedSignIn } from './checkedSignIn.ts';
import type { AccountDependencies } from './dependencies.ts';

/** A proof, good for a few minutes, that the person who signs has just given the password; `expiresIn` in seconds. */
export interface SignatureConfirmation {
  confirmation: string;
  expiresIn: number;
}

/**
 * Asks for the password again before signing. Attempts count with those of signing in.
 * @throws DomainError INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS
 */
export async function confirmSignature(
  deps: AccountDependencies,
  { actor }: RequestContext,
  { password }: { password: string },
): Promise<SignatureConfirmation> {
  const { email } = await deps.store.accounts.get(actor.account);
  if (email === null) throw new DomainError('INVALID_CREDENTIALS');
  const account = await checkedSignIn(deps, email, password);
  return { confirmation: deps.accessTokens.confirm(account.id), expiresIn: CONFIRMATION_SECONDS };
}

/**
 * Lets a person sign: at a browser, which stays signed in while its owner is away, only with a fresh confirmation of
 * their own. A program has just been given its tokens for a password and needs none.
 * @throws DomainError CONFIRMATION_REQUIRED, CONFIRMATION_EXPIRED
 */
export function requireConfirmation(
  deps: Pick<AccountDependencies, 'accessTokens'>,
  { actor, confirmation = null }: RequestContext,
): void {
  if (actor.inBrowser !== true) return;
  if (confirmation === null) throw new DomainError('CONFIRMATION_REQUIRED');
  if (deps.accessTokens.readConfirmation(confirmation) !== actor.account)
    throw new DomainError('CONFIRMATION_EXPIRED');
}

import { createHash } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import type { Account } from '../../domain/party.ts';
import type { AccountDependencies } from './dependencies.ts';

/** Attempts without any wait, then 1, 2, 4 … seconds. */
const FREE_ATTEMPTS = 5;
const LONGEST_WAIT_MS = 15 * 60 * 1000;

/**
 * Finds the active account whose password this is. Each attempt is counted before the password is looked at, so that
 * guesses made side by side are counted too; whether the e-mail is known shows neither in the answer nor in its time.
 * @throws DomainError INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS (details: `seconds` to wait)
 */
export async function checkedSignIn(
  deps: AccountDependencies,
  email: string,
  password: string,
): Promise<Account> {
  const key = `account:${createHash('sha256').update(email.normalize('NFC').toLowerCase()).digest('hex')}`;
  await countAttempt(deps, key);
  const account = await deps.store.accounts.findByEmail(email);
  const isRight = await deps.passwords.verify(password, account?.passwordHash ?? null);
  if (account === null || !account.active || !isRight) throw new DomainError('INVALID_CREDENTIALS');
  await deps.store.attempts.clear(key);
  return account;
}

async function countAttempt(deps: AccountDependencies, key: string): Promise<void> {
  for (let tries = 0; tries < FREE_ATTEMPTS; tries++) {
    const now = deps.realNow();
    const { failures, lastAt } = await deps.store.attempts.find(key);
    const wait = lastAt + waitAfter(failures) - now;
    if (wait > 0) throw new DomainError('TOO_MANY_ATTEMPTS', { seconds: Math.ceil(wait / 1000) });
    if (await deps.store.attempts.count(key, failures, now)) return;
  }
  throw new DomainError('TOO_MANY_ATTEMPTS', { seconds: 1 });
}

function waitAfter(failures: number): number {
  return failures < FREE_ATTEMPTS ? 0 : Math.min(1000 * 2 ** (failures - FREE_ATTEMPTS), LONGEST_WAIT_MS);
}

import type { Tx } from '../../store/store.ts';
import type { AccountDependencies } from './dependencies.ts';
import { hashOfSecret } from './secrets.ts';

const GOOD_FOR_MS = 7 * 24 * 60 * 60 * 1000;

/** Makes a secret good for one activation within a week; earlier ones of the account end. */
export function issueActivationSecret(
  deps: Pick<AccountDependencies, 'store' | 'realNow'>,
  tx: Tx,
  account: string,
  secret: string,
): Promise<void> {
  const expiresAt = deps.realNow() + GOOD_FOR_MS;
  return deps.store.activations.insert(tx, { secretHash: hashOfSecret(secret), account, expiresAt });
}

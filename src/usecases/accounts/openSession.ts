import { ACCESS_TOKEN_SECONDS } from './accessTokens.ts';
import type { AccountDependencies } from './dependencies.ts';
import { hashOfSecret, newSecret } from './secrets.ts';

/** The tokens of one sign-in; `expiresIn` is the life of the access token in seconds. */
export interface Session {
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
}

const REFRESH_TOKEN_MS = 30 * 24 * 60 * 60 * 1000;

/** Issues an access token and the refresh token that renews it once. */
export async function openSession(
  deps: AccountDependencies,
  account: string,
  family: string,
  inBrowser: boolean,
): Promise<Session> {
  const now = deps.realNow();
  const refreshToken = newSecret();
  await deps.store.sessions.insert({
    id: deps.newId(),
    family,
    account,
    inBrowser,
    tokenHash: hashOfSecret(refreshToken),
    expiresAt: now + REFRESH_TOKEN_MS,
    usedAt: null,
    revokedAt: null,
    createdAt: now,
  });
  return {
    accessToken: deps.accessTokens.issue(account, inBrowser),
    refreshToken,
    expiresIn: ACCESS_TOKEN_SECONDS,
  };
}

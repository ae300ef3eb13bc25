import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';

/** A key that signs access tokens; `kid` names it inside the tokens. */
export interface TokenKey {
  kid: string;
  /** At least 32 bytes. */
  secret: Buffer;
}

/** Signs with the first key and accepts all: a key is replaced by putting the new one in front. */
export type TokenKeys = readonly [TokenKey, ...TokenKey[]];

/** Issues and reads access tokens. */
export interface AccessTokens {
  /** `inBrowser`: the sign-in is kept in a browser's cookie, as its tokens tell for as long as they are renewed. */
  issue(account: string, inBrowser?: boolean): string;
  /** Whose a good token is; null for any other. */
  read(token: string): { account: string; inBrowser: boolean } | null;
  /** Confirms that a person has just given the password. */
  confirm(account: string): string;
  /** The account of a good confirmation; null for any other. */
  readConfirmation(confirmation: string): string | null;
}

/** Life of an access token, in seconds. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;
/** Life of a confirmation, in seconds: long enough for a batch of signatures. */
export const CONFIRMATION_SECONDS = 5 * 60;

const ALGORITHM = 'HS256';
const ISSUER = 'shubbak';
const AUDIENCE = 'shubbak-api';
const SIGNATURES = 'shubbak-signatures';
/** Layout of the token; a token of another layout is refused. */
const VERSION = 1;
const LEAST_SECRET_BYTES = 32;

/** Makes the issuing and reading of access tokens. @throws Error when a key is too short or a name comes twice */
export function createAccessTokens(keys: TokenKeys, realNow: () => number): AccessTokens {
  // Bytes would be tried as a public key first, at each request, for a millisecond.
  const byName = new Map(keys.map(({ kid, secret }) => [kid, createSecretKey(secret)]));
  if (byName.size !== keys.length) throw new Error('two token keys have the same name');
  if (keys.some(({ secret }) => secret.length < LEAST_SECRET_BYTES)) {
    throw new Error(`a token key has less than ${LEAST_SECRET_BYTES} bytes`);
  }
  const [{ kid, secret: newest }] = keys;
  const signing = createSecretKey(newest);
  const seconds = () => Math.floor(realNow() / 1000);

  const sign = (account: string, audience: string, expiresIn: number, more: object = {}): string =>
    jwt.sign({ v: VERSION, iat: seconds(), ...more }, signing, {
      algorithm: ALGORITHM,
      keyid: kid,
      subject: account,
      issuer: ISSUER,
      audience,
      expiresIn,
    });
  const verify = (token: string, audience: string): jwt.JwtPayload | null => {
    const secret = byName.get(jwt.decode(token, { complete: true })?.header.kid ?? '');
    if (secret === undefined) return null;
    try {
      const claims = jwt.verify(token, secret, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience,
        clockTimestamp: seconds(),
      });
      const isOurs = typeof claims === 'object' && claims.v === VERSION && claims.exp !== undefined;
      return isOurs && typeof claims.sub === 'string' ? claims : null;
    } catch (error) {
      if (error instanceof jwt.JsonWebTokenError) return null;
      throw error;
    }
  };

  return {
    issue: (account, inBrowser = false) =>
      sign(account, AUDIENCE, ACCESS_TOKEN_SECONDS, inBrowser ? { browser: true } : {}),

    read(token) {
      const claims = verify(token, AUDIENCE);
      return claims && { account: claims.sub as string, inBrowser: claims.browser === true };
    },

    confirm: (account) => sign(account, SIGNATURES, CONFIRMATION_SECONDS),

    readConfirmation: (confirmation) => verify(confirmation, SIGNATURES)?.sub ?? null,
  };
}

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
  issue(account: string): string;
  /** The account of a good token; null for any other. */
  read(token: string): string | null;
}

/** Life of an access token, in seconds. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

const ALGORITHM = 'HS256';
const ISSUER = 'shubbak';
const AUDIENCE = 'shubbak-api';
/** Layout of the token; a token of another layout is refused. */
const VERSION = 1;
const LEAST_SECRET_BYTES = 32;

/** Makes the issuing and reading of access tokens. @throws Error when a key is too short or a name comes twice */
export function createAccessTokens(keys: TokenKeys, realNow: () => number): AccessTokens {
  const byName = new Map(keys.map((key) => [key.kid, key.secret]));
  if (byName.size !== keys.length) throw new Error('two token keys have the same name');
  if (keys.some(({ secret }) => secret.length < LEAST_SECRET_BYTES)) {
    throw new Error(`a token key has less than ${LEAST_SECRET_BYTES} bytes`);
  }
  const [current] = keys;
  const seconds = () => Math.floor(realNow() / 1000);

  return {
    issue: (account) =>
      jwt.sign({ v: VERSION, iat: seconds() }, current.secret, {
        algorithm: ALGORITHM,
        keyid: current.kid,
        subject: account,
        issuer: ISSUER,
        audience: AUDIENCE,
        expiresIn: ACCESS_TOKEN_SECONDS,
      }),

    read(token) {
      const secret = byName.get(jwt.decode(token, { complete: true })?.header.kid ?? '');
      if (secret === undefined) return null;
      try {
        const claims = jwt.verify(token, secret, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          clockTimestamp: seconds(),
        });
        const isOurs = typeof claims === 'object' && claims.v === VERSION && claims.exp !== undefined;
        return isOurs && typeof claims.sub === 'string' ? claims.sub : null;
      } catch (error) {
        if (error instanceof jwt.JsonWebTokenError) return null;
        throw error;
      }
    },
  };
}

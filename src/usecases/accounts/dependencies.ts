import type { Core } from '../dependencies.ts';
import type { AccessTokens } from './accessTokens.ts';
import type { Passwords } from './passwordHash.ts';

/** What the use cases about accounts need. */
export interface AccountDependencies
  extends Pick<Core, 'store' | 'clock' | 'realNow' | 'newId' | 'territories'> {
  passwords: Passwords;
  accessTokens: AccessTokens;
}

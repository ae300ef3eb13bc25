import { randomBytes, randomUUID } from 'node:crypto';
import { type Account, type Actor, ROLES } from '../../../../src/domain/party.ts';
import { loadTerritories } from '../../../../src/procedures/territories.ts';
import { createAccessTokens } from '../../../../src/usecases/accounts/accessTokens.ts';
import type { AccountDependencies } from '../../../../src/usecases/accounts/dependencies.ts';
import { createPasswords } from '../../../../src/usecases/accounts/passwordHash.ts';
import { registerAccount } from '../../../../src/usecases/accounts/registerAccount.ts';
import type { RequestContext } from '../../../../src/usecases/dependencies.ts';
import { openTestStore, type TestStore } from '../../../support/testStore.ts';

/** What accounts and bodies need, over an empty store, with a real time that the test moves. */
export interface Desk extends AccountDependencies {
  store: TestStore;
  pass(ms: number): void;
  /** Signs up an applicant with `PASSWORD`. */
  register(email: string): Promise<Account>;
}

export const PASSWORD = 'correct horse battery staple';
export const COMMUNE = '01.151.01.01';

export const ADMINISTRATOR: Actor = {
  account: 'administrator-1',
  name: 'Administrator',
  grants: [{ role: 'administrator', territory: '*', body: null }],
};

/** Holds every role but that of administrators. */
export const OFFICIAL: Actor = {
  account: 'official-1',
  name: 'Official',
  grants: ROLES.filter((role) => role !== 'administrator').map((role) => ({
    role,
    territory: '*',
    body: null,
  })),
};

/** Hashing as in life, only cheap. */
export const cheapPasswords = () => createPasswords({ ln: 4, r: 8, p: 1 });

/** The context of a request. */
export function by(actor: Actor, idempotency: RequestContext['idempotency'] = null): RequestContext {
  return { actor, language: 'fr', idempotency, requestId: 'request-1' };
}

/** Before anyone has signed in. */
export const nobody = by({ account: 'anonymous', name: '', grants: [] });

/** Opens a desk. */
export async function openDesk(): Promise<Desk> {
  let realNow = Date.now();
  const now = () => realNow;
  const desk: Desk = {
    store: await openTestStore({ realNow: now }),
    clock: { now: () => 1_000 },
    realNow: now,
    newId: randomUUID,
    territories: await loadTerritories('reference/territories'),
    passwords: cheapPasswords(),
    accessTokens: createAccessTokens([{ kid: 'k1', secret: randomBytes(32) }], now),
    pass: (ms) => {
      realNow += ms;
    },
    register: (email) =>
      registerAccount(desk, nobody, {
        kind: 'person',
        role: 'applicant',
        email,
        password: PASSWORD,
        name: 'Amina Test',
        language: 'ar',
      }),
  };
  return desk;
}

import { expect } from 'chai';
import type { Account, RoleGrant } from '../../../src/domain/party.ts';
import { activateAccount } from '../../../src/usecases/accounts/activateAccount.ts';
import { authenticate } from '../../../src/usecases/accounts/authenticate.ts';
import { changeAccount } from '../../../src/usecases/accounts/changeAccount.ts';
import { changeProfile } from '../../../src/usecases/accounts/changeProfile.ts';
import { ensureAdministrator } from '../../../src/usecases/accounts/ensureAdministrator.ts';
import { login } from '../../../src/usecases/accounts/login.ts';
import { openAccount } from '../../../src/usecases/accounts/openAccount.ts';
import { listAccounts, readAccount } from '../../../src/usecases/accounts/readAccount.ts';
import { readProfile } from '../../../src/usecases/accounts/readProfile.ts';
import { refreshTokens } from '../../../src/usecases/accounts/refreshTokens.ts';
import { registerAccount } from '../../../src/usecases/accounts/registerAccount.ts';
import { renewSecret } from '../../../src/usecases/accounts/renewSecret.ts';
import { openBody } from '../../../src/usecases/bodies/openBody.ts';
import { refusal } from '../../support/refusal.ts';
import {
  ADMINISTRATOR,
  by,
  COMMUNE,
  type Desk,
  nobody,
  OFFICIAL,
  openDesk,
  PASSWORD,
} from './support/desk.ts';

const administrator = by(ADMINISTRATOR);

describe('accounts', () => {
  let desk: Desk;
  const open = (grants: RoleGrant[] = [], email = 'office@example.org', context = administrator) =>
    openAccount(desk, context, { kind: 'person', email, name: 'Bureau', language: 'fr', grants });
  const as = ({ id, name, grants }: Account) => by({ account: id, name, grants });

  beforeEach(async () => {
    desk = await openDesk();
  });

  describe('signing up', () => {
    it('gives an applicant or an architect an account at once, and tells no name to the log', async () => {
      // when
      const account = await desk.register('amina@example.org');
      // then
      expect(account).to.deep.include({ active: true, version: 1, kind: 'person', orderNumber: null });
      const [event] = await desk.store.events.list({}, 10);
      expect(event).to.deep.include({ type: 'AccountRegistered', subject: account.id, actor: account.id });
      expect(JSON.stringify(event)).to.not.match(/amina/i);
      await refusal(desk.register('AMINA@example.org'), 'EMAIL_TAKEN');
    });

    it('asks architects for their number and everyone for a good password', async () => {
      const input = {
        kind: 'company',
        role: 'architect',
        email: 'a@example.org',
        password: PASSWORD,
        name: 'Cabinet',
        language: 'fr',
      } as const;
      const error = await refusal(registerAccount(desk, nobody, input), 'INVALID_INPUT');
      expect(error.details.errors).to.deep.equal([{ field: '/orderNumber', rule: 'required', params: {} }]);
      await refusal(
        registerAccount(desk, nobody, { ...input, orderNumber: 'A-1', password: 'short' }),
        'WEAK_PASSWORD',
      );
      const architect = await registerAccount(desk, nobody, { ...input, orderNumber: 'A-1' });
      expect(architect.grants).to.deep.equal([{ role: 'architect', territory: '*', body: null }]);
    });
  });

  describe('opened for officials', () => {
    it('are taken with a secret that works once', async () => {
      // given
      const { account, secret } = await open([{ role: 'registryOfficer', territory: COMMUNE, body: null }]);
      const activate = (password: string) => activateAccount(desk, nobody, { secret, password });
      await refusal(
        login(desk, nobody, { email: account.email ?? '', password: PASSWORD }),
        'INVALID_CREDENTIALS',
      );
      // when
      await refusal(activate('short'), 'WEAK_PASSWORD');
      const outcomes = await Promise.allSettled([activate(PASSWORD), activate('another good password')]);
      // then
      expect(outcomes.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
      await refusal(activate(PASSWORD), 'INVALID_ACTIVATION_SECRET');
      const won = outcomes[0]?.status === 'fulfilled' ? PASSWORD : 'another good password';
      const session = await login(desk, nobody, { email: account.email ?? '', password: won });
      expect((await authenticate(desk, session.accessToken)).grants).to.deep.equal(account.grants);
      const types = (await desk.store.events.list({}, 10)).map(({ type }) => type);
      expect(types).to.deep.equal(['AccountOpened', 'AccountActivated']);
    });

    it('have secrets for a week, of which only the newest works', async () => {
      // given
      const first = await open();
      const second = await renewSecret(desk, administrator, { id: first.account.id });
      const activate = (secret: string) => activateAccount(desk, nobody, { secret, password: PASSWORD });
      // when, then
      await refusal(activate(first.secret), 'INVALID_ACTIVATION_SECRET');
      desk.pass(7 * 24 * 3600 * 1000);
      await refusal(activate(second.secret), 'INVALID_ACTIVATION_SECRET');
      const third = await renewSecret(desk, administrator, { id: first.account.id });
      await activate(third.secret);
      await refusal(renewSecret(desk, administrator, { id: 'unknown' }), 'ACCOUNT_NOT_FOUND');
    });

    it('carry only grants that can be used', async () => {
      // given
      const body = { kind: 'urbanAgency', name: { ar: 'و', fr: 'Agence' }, territories: ['01.151'] } as const;
      await openBody(desk, administrator, { ...body, id: 'agency', territories: [...body.territories] });
      await openBody(desk, administrator, { ...body, id: 'closed', territories: ['01'], active: false });
      const member = (territory: string, id: string | null): RoleGrant => ({
        role: 'committeeMember',
        territory,
        body: id,
      });
      const good: RoleGrant = { role: 'president', territory: COMMUNE, body: null };
      const cases: [RoleGrant, string][] = [
        [{ ...good, territory: '99.999' }, 'territory'],
        [member(COMMUNE, null), 'bodyMissing'],
        [member(COMMUNE, 'unknown'), 'body'],
        [member(COMMUNE, 'closed'), 'body'],
        [member('01.511', 'agency'), 'bodyTerritory'],
      ];
      // when, then
      for (const [grant, reason] of cases) {
        const error = await refusal(open([good, grant]), 'INVALID_GRANT');
        expect(error.details).to.deep.equal({ grant: 1, reason });
      }
      const { account } = await open([good, member(COMMUNE, 'agency'), member('01', 'agency')]);
      expect(account.grants).to.have.length(3);
    });

    it('are remembered under the key of the request that opened them', async () => {
      const context = by(ADMINISTRATOR, { id: 'administrator-1:POST /admin/accounts:k', fingerprint: 'f' });
      const { account } = await open([], 'one@example.org', context);
      await refusal(open([], 'two@example.org', context), 'REQUEST_IN_PROGRESS');
      const kept = await desk.store.idempotency.find('administrator-1:POST /admin/accounts:k');
      expect(kept?.resource).to.deep.equal({ kind: 'account', id: account.id });
      expect(await desk.store.accounts.findByEmail('two@example.org')).to.equal(null);
    });
  });

  it('are administered by administrators alone', async () => {
    // given
    const { account } = await open();
    const page = { limit: 10, cursor: null };
    // when, then
    for (const context of [by(OFFICIAL), nobody]) {
      await refusal(open([], 'x@example.org', context), 'FORBIDDEN');
      await refusal(changeAccount(desk, context, { id: account.id, active: false }), 'FORBIDDEN');
      await refusal(readAccount(desk, context, { id: account.id }), 'FORBIDDEN');
      await refusal(listAccounts(desk, context, { page }), 'FORBIDDEN');
      await refusal(renewSecret(desk, context, { id: account.id }), 'FORBIDDEN');
    }
    expect(await readAccount(desk, administrator, { id: account.id })).to.deep.equal(account);
    expect((await listAccounts(desk, administrator, { role: undefined, page })).items).to.deep.equal([
      account,
    ]);
  });

  it('whose rights change must sign in again', async () => {
    // given
    const account = await desk.register('amina@example.org');
    const signIn = () => login(desk, nobody, { email: account.email ?? '', password: PASSWORD });
    const session = await signIn();
    const grants: RoleGrant[] = [{ role: 'analyst', territory: '01', body: null }];
    // when
    const changed = await changeAccount(desk, administrator, { id: account.id, grants, ifVersion: 1 });
    // then
    expect(changed).to.deep.include({ version: 2, grants });
    expect((await authenticate(desk, session.accessToken)).grants).to.deep.equal(grants);
    await refusal(
      refreshTokens(desk, nobody, { refreshToken: session.refreshToken }),
      'INVALID_REFRESH_TOKEN',
    );
    await refusal(
      changeAccount(desk, administrator, { id: account.id, name: 'x', ifVersion: 1 }),
      'STALE_VERSION',
    );
    const again = await signIn();
    await changeAccount(desk, administrator, { id: account.id, active: false });
    await refusal(authenticate(desk, again.accessToken), 'UNAUTHENTICATED');
    await refusal(signIn(), 'INVALID_CREDENTIALS');
    await refusal(changeAccount(desk, administrator, { id: 'unknown', active: false }), 'ACCOUNT_NOT_FOUND');
    const last = (await desk.store.events.list({ types: ['AccountChanged'] }, 10)).at(-1);
    expect(last?.data).to.deep.equal({ changed: ['active'], active: false });
  });

  it('have profiles that their holders change, with the current password for a new one', async () => {
    // given
    const account = await desk.register('amina@example.org');
    const me = as(account);
    const session = await login(desk, nobody, { email: account.email ?? '', password: PASSWORD });
    const next = 'a brand new password';
    // when, then
    expect(await readProfile(desk, me)).to.deep.equal(account);
    expect(
      await changeProfile(desk, me, { name: 'Amina B.', nameAr: 'أمينة', language: 'fr' }),
    ).to.deep.include({
      name: 'Amina B.',
      nameAr: 'أمينة',
      language: 'fr',
      version: 2,
    });
    await refusal(changeProfile(desk, me, { ifVersion: 1, name: 'x' }), 'STALE_VERSION');
    await refusal(changeProfile(desk, me, { password: { current: 'wrong', next } }), 'INVALID_CREDENTIALS');
    await refusal(
      changeProfile(desk, me, { password: { current: PASSWORD, next: 'short' } }),
      'WEAK_PASSWORD',
    );
    await changeProfile(desk, me, { password: { current: PASSWORD, next } });
    await refusal(
      login(desk, nobody, { email: account.email ?? '', password: PASSWORD }),
      'INVALID_CREDENTIALS',
    );
    await login(desk, nobody, { email: account.email ?? '', password: next });
    await refusal(
      refreshTokens(desk, nobody, { refreshToken: session.refreshToken }),
      'INVALID_REFRESH_TOKEN',
    );
  });

  describe('the first administrator', () => {
    const who = { email: 'admin@example.org', name: 'Administrator', language: 'fr' } as const;

    it('is opened once, whichever of several nodes comes first', async () => {
      // when
      const answers = await Promise.all(Array.from({ length: 4 }, () => ensureAdministrator(desk, who)));
      // then
      const opened = answers.filter((answer) => answer !== null);
      expect(opened).to.have.length(1);
      expect(await desk.store.accounts.count()).to.equal(1);
      expect(await ensureAdministrator(desk, { ...who, email: 'other@example.org' })).to.equal(null);
      await activateAccount(desk, nobody, { secret: opened[0]?.secret ?? '', password: PASSWORD });
      const session = await login(desk, nobody, { email: who.email, password: PASSWORD });
      const actor = await authenticate(desk, session.accessToken);
      await open([], 'office@example.org', by(actor));
    });

    it('gets a new secret from a node that is alone, until the account is taken', async () => {
      // given
      const first = await ensureAdministrator(desk, { ...who, alone: true });
      // when
      const second = await ensureAdministrator(desk, { ...who, alone: true });
      // then
      expect(second?.account.id).to.equal(first?.account.id);
      const activate = (secret = '') => activateAccount(desk, nobody, { secret, password: PASSWORD });
      await refusal(activate(first?.secret), 'INVALID_ACTIVATION_SECRET');
      await activate(second?.secret);
      expect(await ensureAdministrator(desk, { ...who, alone: true })).to.equal(null);
    });

    it('cannot leave the house without one', async () => {
      const opened = await ensureAdministrator(desk, who);
      if (opened === null) throw new Error('not opened');
      const me = as(opened.account);
      await refusal(changeAccount(desk, me, { id: opened.account.id, active: false }), 'FORBIDDEN');
      await refusal(changeAccount(desk, me, { id: opened.account.id, grants: [] }), 'FORBIDDEN');
      await changeAccount(desk, me, { id: opened.account.id, name: 'Renamed' });
    });
  });
});

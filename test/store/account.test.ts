import { expect } from 'chai';
import type { RoleGrant } from '../../src/domain/party.ts';
import type { RefreshSession } from '../../src/store/store.ts';
import { refusal } from '../support/refusal.ts';
import type { TestStore } from '../support/testStore.ts';
import { anAccount, COMMUNE } from './support/builders.ts';
import { eachStore } from './support/eachStore.ts';

const grant = (role: RoleGrant['role'], territory: string, body: string | null = null): RoleGrant => ({
  role,
  territory,
  body,
});

eachStore('accounts', (open) => {
  let store: TestStore;
  const keep = async (changes: Parameters<typeof anAccount>[0]) => {
    const account = anAccount(changes);
    await store.transaction((tx) => store.accounts.insert(tx, account));
    return account;
  };

  beforeEach(async () => {
    store = await open();
  });

  it('are found by e-mail in any case, and have one each', async () => {
    // given
    const account = await keep({ email: 'Amina@Example.org', jobTitle: { ar: 'رئيسة', fr: 'Présidente' } });
    const other = await keep({});
    // when, then
    expect(await store.accounts.findByEmail('aMINA@example.ORG')).to.deep.equal(account);
    expect(await store.accounts.findByEmail('unknown@example.org')).to.equal(null);
    expect(await store.accounts.get(account.id)).to.deep.equal(account);
    await refusal(store.accounts.get('unknown'), 'ACCOUNT_NOT_FOUND');
    await refusal(keep({ email: 'AMINA@example.org' }), 'EMAIL_TAKEN');
    const moved = { ...other, email: 'amina@example.org' };
    await refusal(
      store.transaction((tx) => store.accounts.save(tx, moved)),
      'EMAIL_TAKEN',
    );
    expect(await store.accounts.count()).to.equal(2);
  });

  it('are saved once per version', async () => {
    const account = await keep({});
    const saved = await store.transaction((tx) => store.accounts.save(tx, { ...account, name: 'Other' }));
    expect(await store.accounts.find(account.id)).to.deep.equal(saved);
    expect(saved).to.deep.include({ version: 2, name: 'Other' });
    await refusal(
      store.transaction((tx) => store.accounts.save(tx, account)),
      'STALE_VERSION',
    );
  });

  it('are found as holders of a role over a territory, active ones only', async () => {
    // given
    const local = await keep({ id: 'a', grants: [grant('registryOfficer', COMMUNE)] });
    const province = await keep({ id: 'b', grants: [grant('registryOfficer', '01.151')] });
    const country = await keep({ id: 'c', grants: [grant('registryOfficer', '*')] });
    await keep({ id: 'd', grants: [grant('registryOfficer', '01.151.01.02')] });
    await keep({ id: 'e', grants: [grant('registryOfficer', COMMUNE)], active: false });
    const member = await keep({
      id: 'f',
      grants: [grant('committeeMember', '01', 'agency'), grant('committeeMember', '02', 'protection')],
    });
    // when, then
    expect(await store.accounts.holders('registryOfficer', COMMUNE)).to.deep.equal([
      local,
      province,
      country,
    ]);
    expect(await store.accounts.holders('registryOfficer', '01.151', null)).to.deep.equal([
      province,
      country,
    ]);
    expect(await store.accounts.holders('committeeMember', COMMUNE, 'agency')).to.deep.equal([member]);
    expect(await store.accounts.holders('committeeMember', COMMUNE, 'protection')).to.deep.equal([]);
  });

  it('are listed by what one of their grants says', async () => {
    // given
    await keep({ id: 'a', grants: [grant('registryOfficer', '01.151'), grant('president', '02')] });
    await keep({ id: 'b', grants: [grant('committeeMember', '01.15', 'agency')], createdAt: 2000 });
    const ids = async (filter: Parameters<typeof store.accounts.list>[0]) =>
      (await store.accounts.list(filter, { limit: 10, cursor: null })).items.map(({ id }) => id);
    // when, then
    expect(await ids({})).to.deep.equal(['a', 'b']);
    expect(await ids({ role: 'president' })).to.deep.equal(['a']);
    expect(await ids({ role: 'president', territory: '01' })).to.deep.equal([]);
    expect(await ids({ territory: '01' })).to.deep.equal(['a', 'b']);
    expect(await ids({ territory: '01.15' })).to.deep.equal(['b']);
    expect(await ids({ body: 'agency', role: 'committeeMember' })).to.deep.equal(['b']);
    expect(await ids({ territory: '.*' })).to.deep.equal([]);
  });

  it('are found by the beginnings of words of their name or e-mail, in either script', async () => {
    // given
    await keep({
      id: 'a',
      name: 'Élodie El-Amrani',
      nameAr: 'إيلودي العمراني',
      email: 'bureau@ville.example',
    });
    await keep({ id: 'b', name: 'Amrani Commerce', createdAt: 2000 });
    const ids = async (q: string, more = {}) =>
      (await store.accounts.list({ q, ...more }, { limit: 10, cursor: null })).items.map(({ id }) => id);
    // when, then
    expect(await ids('amra')).to.deep.equal(['a', 'b']);
    expect(await ids('amrani ELO')).to.deep.equal(['a']);
    expect(await ids('ايلودى')).to.deep.equal(['a']);
    expect(await ids('bureau@vil')).to.deep.equal(['a']);
    expect(await ids('mrani')).to.deep.equal([]);
    expect(await ids('.*')).to.deep.equal(['a', 'b']);
    expect(await ids('amrani', { role: 'president' })).to.deep.equal([]);
    // and by the new name once it has changed
    const account = await store.accounts.get('b');
    await store.transaction((tx) => store.accounts.save(tx, { ...account, name: 'Alaoui' }));
    expect(await ids('ala')).to.deep.equal(['b']);
    expect(await ids('comm')).to.deep.equal([]);
  });

  it('have refresh tokens that are used once and revoked together', async () => {
    // given
    const session = (id: string, changes: Partial<RefreshSession> = {}): RefreshSession => ({
      id,
      family: 'f',
      account: 'a',
      inBrowser: false,
      tokenHash: `hash-${id}`,
      expiresAt: Date.now() + 60_000,
      usedAt: null,
      revokedAt: null,
      createdAt: 1,
      ...changes,
    });
    for (const one of [session('1'), session('2'), session('3', { family: 'g' })]) {
      await store.sessions.insert(one);
    }
    // when, then
    expect(await store.sessions.findByHash('hash-1')).to.deep.equal(
      session('1', { expiresAt: (await store.sessions.findByHash('hash-1'))?.expiresAt ?? 0 }),
    );
    const uses = await Promise.all(Array.from({ length: 5 }, (_, at) => store.sessions.use('1', at + 1)));
    expect(uses.filter(Boolean)).to.have.length(1);
    await store.sessions.revokeFamily('f', 7);
    expect((await store.sessions.findByHash('hash-2'))?.revokedAt).to.equal(7);
    expect(await store.sessions.use('2', 8)).to.equal(false);
    expect((await store.sessions.findByHash('hash-3'))?.revokedAt).to.equal(null);
    await store.sessions.revokeAccount('a', 9);
    expect((await store.sessions.findByHash('hash-3'))?.revokedAt).to.equal(9);
    expect((await store.sessions.findByHash('hash-2'))?.revokedAt).to.equal(7);
    expect(await store.sessions.findByHash('unknown')).to.equal(null);
  });

  it('have one activation secret, good once and until it expires', async () => {
    // given
    const now = Date.now();
    const keepSecret = (secretHash: string, account: string, expiresAt: number) =>
      store.transaction((tx) => store.activations.insert(tx, { secretHash, account, expiresAt }));
    const take = (secretHash: string, at: number) =>
      store.transaction((tx) => store.activations.take(tx, secretHash, at));
    await keepSecret('old', 'a', now + 60_000);
    await keepSecret('new', 'a', now + 60_000);
    await keepSecret('late', 'b', now + 60_000);
    // when, then
    expect(await take('old', now)).to.equal(null);
    expect(await take('late', now + 60_000)).to.equal(null);
    expect(await take('new', now)).to.deep.equal({
      secretHash: 'new',
      account: 'a',
      expiresAt: now + 60_000,
    });
    expect(await take('new', now)).to.equal(null);
  });

  it('count failed attempts one by one', async () => {
    // given
    const now = Date.now();
    // when
    const first = await Promise.all(Array.from({ length: 5 }, () => store.attempts.count('k', 0, now)));
    const second = await Promise.all(Array.from({ length: 5 }, () => store.attempts.count('k', 1, now + 1)));
    // then
    expect(first.filter(Boolean)).to.have.length(1);
    expect(second.filter(Boolean)).to.have.length(1);
    expect(await store.attempts.find('k')).to.deep.equal({ failures: 2, lastAt: now + 1 });
    await store.attempts.clear('k');
    expect(await store.attempts.find('k')).to.deep.equal({ failures: 0, lastAt: 0 });
  });
});

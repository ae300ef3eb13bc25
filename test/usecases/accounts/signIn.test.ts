import { createHmac, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { createAccessTokens } from '../../../src/usecases/accounts/accessTokens.ts';
import { authenticate } from '../../../src/usecases/accounts/authenticate.ts';
import { confirmSignature, requireConfirmation } from '../../../src/usecases/accounts/confirmSignature.ts';
import { login } from '../../../src/usecases/accounts/login.ts';
import { logout } from '../../../src/usecases/accounts/logout.ts';
import { createPasswords } from '../../../src/usecases/accounts/passwordHash.ts';
import { refreshTokens } from '../../../src/usecases/accounts/refreshTokens.ts';
import { refusal } from '../../support/refusal.ts';
import { by, type Desk, nobody, openDesk, PASSWORD } from './support/desk.ts';

describe('signing in', () => {
  const email = 'amina@example.org';
  let desk: Desk;
  const signIn = (password = PASSWORD, address = email) => login(desk, nobody, { email: address, password });
  const refresh = (refreshToken: string) => refreshTokens(desk, nobody, { refreshToken });

  beforeEach(async () => {
    desk = await openDesk();
    await desk.register(email);
  });

  it('gives a token that says who acts, for 15 minutes', async () => {
    // when
    const session = await signIn(PASSWORD, 'AMINA@example.org');
    // then
    const actor = await authenticate(desk, session.accessToken);
    expect(actor).to.deep.include({ name: 'Amina Test' });
    expect(actor.grants).to.deep.equal([{ role: 'applicant', territory: '*', body: null }]);
    expect(session.expiresIn).to.equal(900);
    const claims = jwt.decode(session.accessToken) as jwt.JwtPayload;
    expect(Object.keys(claims).sort()).to.deep.equal(['aud', 'exp', 'iat', 'iss', 'sub', 'v']);
    desk.pass(899_000);
    await authenticate(desk, session.accessToken);
    desk.pass(2_000);
    await refusal(authenticate(desk, session.accessToken), 'UNAUTHENTICATED');
  });

  it('keeps neither passwords nor tokens in clear', async () => {
    // given
    const session = await signIn();
    // when
    const records = await Promise.all(
      Object.values(desk.store.connection.models).map((model) => model.find({}).lean()),
    );
    // then
    const kept = JSON.stringify(records);
    expect(kept).to.contain('scrypt').and.to.contain(email);
    for (const secret of [PASSWORD, session.refreshToken, session.accessToken]) {
      expect(kept).to.not.contain(secret);
    }
  });

  it('tells a wrong password, an unknown e-mail and a closed account alike', async () => {
    // given
    const account = await desk.store.accounts.findByEmail(email);
    // when, then
    const wrong = await refusal(signIn('wrong password!'), 'INVALID_CREDENTIALS');
    const unknown = await refusal(signIn(PASSWORD, 'nobody@example.org'), 'INVALID_CREDENTIALS');
    if (account !== null) {
      await desk.store.transaction((tx) => desk.store.accounts.save(tx, { ...account, active: false }));
    }
    const closed = await refusal(signIn(), 'INVALID_CREDENTIALS');
    expect([wrong.details, unknown.details, closed.details]).to.deep.equal([{}, {}, {}]);
  });

  it('waits longer after each failure, for known and unknown e-mails, and forgets after a success', async () => {
    for (const address of [email, 'nobody@example.org']) {
      for (let i = 0; i < 5; i++) await refusal(signIn('wrong password!', address), 'INVALID_CREDENTIALS');
      expect((await refusal(signIn(PASSWORD, address), 'TOO_MANY_ATTEMPTS')).details).to.deep.equal({
        seconds: 1,
      });
      desk.pass(1_000);
      await refusal(signIn('wrong password!', address), 'INVALID_CREDENTIALS');
      expect((await refusal(signIn(PASSWORD, address), 'TOO_MANY_ATTEMPTS')).details).to.deep.equal({
        seconds: 2,
      });
    }
    desk.pass(2_000);
    await signIn();
    await refusal(signIn('wrong password!'), 'INVALID_CREDENTIALS');
    await signIn();
  });

  it('counts guesses made side by side', async () => {
    // when
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, (_, i) => signIn(`guess number ${i}`)),
    );
    // then
    const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'in'));
    expect(codes.filter((code) => code === 'INVALID_CREDENTIALS').length).to.be.at.most(5);
    expect(codes).to.contain('TOO_MANY_ATTEMPTS');
  });

  it('hashes a password again when the price has changed', async () => {
    desk.passwords = createPasswords({ ln: 5, r: 8, p: 1 });
    await signIn();
    expect((await desk.store.accounts.findByEmail(email))?.passwordHash).to.contain('ln=5');
    await signIn();
  });

  it('refuses tokens that are forged, of another key, of another algorithm or layout', async () => {
    // given
    const secret = randomBytes(32);
    const keys = createAccessTokens([{ kid: 'new', secret }], desk.realNow);
    const id = (await desk.store.accounts.findByEmail(email))?.id ?? '';
    const good = keys.issue(id);
    desk.accessTokens = keys;
    await authenticate(desk, good);
    const [header = '', payload = '', signature = ''] = good.split('.');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const seal = (text: string, hash = 'sha256') => createHmac(hash, secret).update(text).digest('base64url');
    const options = { issuer: 'shubbak', audience: 'shubbak-api', subject: id, keyid: 'new' } as const;
    const none = `${part({ alg: 'none', kid: 'new' })}.${payload}`;
    const hs512 = `${part({ alg: 'HS512', kid: 'new' })}.${payload}`;
    const forged = [
      '',
      'x',
      `${header}.${payload}.`,
      `${none}.`,
      `${none}.${seal(none)}`,
      `${hs512}.${seal(hs512, 'sha512')}`,
      `${header}.${part({ sub: id })}.${signature}`,
      createAccessTokens([{ kid: 'new', secret: randomBytes(32) }], desk.realNow).issue(id),
      createAccessTokens([{ kid: 'other', secret }], desk.realNow).issue(id),
      jwt.sign({ v: 2 }, secret, { ...options, expiresIn: 60 }),
      jwt.sign({ v: 1 }, secret, options),
      jwt.sign({ v: 1 }, secret, { ...options, audience: 'another', expiresIn: 60 }),
      keys.issue('unknown-account'),
    ];
    // when, then
    for (const token of forged) await refusal(authenticate(desk, token), 'UNAUTHENTICATED');
    const renewed = createAccessTokens(
      [
        { kid: 'newest', secret: randomBytes(32) },
        { kid: 'new', secret },
      ],
      desk.realNow,
    );
    expect(renewed.read(good)?.account).to.equal(id);
    expect(() => createAccessTokens([{ kid: 'k', secret: randomBytes(31) }], desk.realNow)).to.throw(
      '32 bytes',
    );
  });

  it('confirms a signature at a browser by the password, for five minutes and for one person', async () => {
    // given
    const atBrowser = await login(desk, nobody, { email, password: PASSWORD, inBrowser: true });
    const renewed = await refresh(atBrowser.refreshToken);
    const actor = await authenticate(desk, renewed.accessToken);
    const program = await authenticate(desk, (await signIn()).accessToken);
    expect(actor.inBrowser).to.equal(true);
    expect(program).to.not.have.property('inBrowser');
    const sign = (confirmation: string | null, who = actor) =>
      requireConfirmation(desk, { ...by(who), confirmation });

    // when nothing was given, or the wrong password
    expect(() => sign(null)).to.throw('CONFIRMATION_REQUIRED');
    expect(() => sign(renewed.accessToken)).to.throw('CONFIRMATION_EXPIRED');
    await refusal(confirmSignature(desk, by(actor), { password: 'wrong password!' }), 'INVALID_CREDENTIALS');

    // then only the right one lets this person sign, for a while
    const { confirmation, expiresIn } = await confirmSignature(desk, by(actor), { password: PASSWORD });
    expect(expiresIn).to.equal(300);
    expect(() => sign(confirmation)).to.not.throw();
    expect(() => sign(confirmation, { ...actor, account: 'another' })).to.throw('CONFIRMATION_EXPIRED');
    expect(() => sign(null, program)).to.not.throw();
    await refusal(authenticate(desk, confirmation), 'UNAUTHENTICATED');
    desk.pass(301_000);
    expect(() => sign(confirmation)).to.throw('CONFIRMATION_EXPIRED');
  });

  describe('refresh tokens', () => {
    it('are good once; the second use ends the whole sign-in', async () => {
      // given
      const first = await signIn();
      const other = await signIn();
      // when
      const second = await refresh(first.refreshToken);
      const third = await refresh(second.refreshToken);
      // then
      await authenticate(desk, third.accessToken);
      await refusal(refresh(first.refreshToken), 'REFRESH_TOKEN_REUSED');
      await refusal(refresh(third.refreshToken), 'INVALID_REFRESH_TOKEN');
      await refresh(other.refreshToken);
    });

    it('leave nothing usable when two hold one and use it at once', async () => {
      // given
      const { refreshToken } = await signIn();
      // when
      const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => refresh(refreshToken)));
      // then
      const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      expect(won.length).to.be.at.most(1);
      for (const session of won) {
        await refusal(refresh(session.refreshToken), 'INVALID_REFRESH_TOKEN');
      }
    });

    it('end after 30 days, with the account, and when signing out', async () => {
      // given
      const [a, b, c] = [await signIn(), await signIn(), await signIn()];
      // when
      await logout(desk, nobody, { refreshToken: a.refreshToken });
      await logout(desk, nobody, { refreshToken: a.refreshToken });
      await logout(desk, nobody, { refreshToken: 'unknown' });
      // then
      await refusal(refresh(a.refreshToken), 'INVALID_REFRESH_TOKEN');
      await refusal(refresh('unknown'), 'INVALID_REFRESH_TOKEN');
      desk.pass(30 * 24 * 3600 * 1000);
      await refusal(refresh(b.refreshToken), 'INVALID_REFRESH_TOKEN');
      const fresh = await signIn();
      const account = await desk.store.accounts.findByEmail(email);
      if (account !== null) {
        await desk.store.transaction((tx) => desk.store.accounts.save(tx, { ...account, active: false }));
      }
      await refusal(refresh(fresh.refreshToken), 'INVALID_REFRESH_TOKEN');
      await refusal(authenticate(desk, fresh.accessToken), 'UNAUTHENTICATED');
      expect(c.refreshToken).to.have.length(43);
    });
  });
});

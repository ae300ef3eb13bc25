import { expect } from 'chai';
import request from 'supertest';
import { DomainError } from '../../src/domain/errors.ts';
import { anApplication } from './support/application.ts';
import { serve } from './support/serve.ts';

const PERSON = { email: 'one@example.org', password: 'p' };

describe('http browser sessions', () => {
  const application = anApplication();
  const { app } = serve(application);

  beforeEach(() => {
    application.calls.length = 0;
  });

  it('keep the refresh token where no script can read it, for the addresses of sessions alone', async () => {
    // when
    const answer = await request(app)
      .post('/api/v1/sessions')
      .send({ ...PERSON, keep: 'cookie' });

    // then
    expect(answer.status).to.equal(201);
    expect(answer.body.refreshToken).to.equal(null);
    expect(answer.body.accessToken).to.be.a('string');
    const [cookie = ''] = answer.headers['set-cookie'] as unknown as string[];
    expect(cookie).to.match(/^shubbak-refresh=r;/);
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/api/v1/sessions'])
      expect(cookie).to.include(part);
    expect(cookie).not.to.match(/Max-Age|Expires|Domain/);
  });

  it('give programs their token in the body, as ever, and no cookie', async () => {
    const answer = await request(app).post('/api/v1/sessions').send(PERSON);
    expect(answer.body.refreshToken).to.equal('r');
    expect(answer.headers['set-cookie']).to.equal(undefined);
  });

  it('renew by the cookie, and lay the next token there', async () => {
    // when
    const answer = await request(app)
      .post('/api/v1/sessions/refresh')
      .set('Cookie', 'other=1; shubbak-refresh=held-token')
      .send({});

    // then
    expect([answer.status, answer.body.refreshToken]).to.deep.equal([201, null]);
    expect(answer.headers['set-cookie']?.[0]).to.match(/^shubbak-refresh=r2;/);
    expect(application.calls.at(-1)).to.deep.include({
      name: 'accounts.refresh',
      input: { refreshToken: 'held-token' },
    });
  });

  it('refuse to renew without any token', async () => {
    for (const cookie of ['', 'shubbak-refresh=', 'not-shubbak-refresh=x', 'shubbak-refresh=a b']) {
      const answer = await request(app).post('/api/v1/sessions/refresh').set('Cookie', cookie).send({});
      expect([answer.status, answer.body.code], cookie).to.deep.equal([401, 'INVALID_REFRESH_TOKEN']);
    }
  });

  it('believe the body before the cookie, so that a program beside a browser does not end its sign-in', async () => {
    const answer = await request(app)
      .post('/api/v1/sessions/refresh')
      .set('Cookie', 'shubbak-refresh=of-the-browser')
      .send({ refreshToken: 'of-the-program' });
    expect(answer.body.refreshToken).to.equal('r2');
    expect(application.calls.at(-1)?.input).to.deep.equal({ refreshToken: 'of-the-program' });
    expect(answer.headers['set-cookie']).to.equal(undefined);
  });

  it('sign out: the sign-in ends and the cookie goes, even when the sign-in had ended before', async () => {
    // when
    const answer = await request(app)
      .delete('/api/v1/sessions/current')
      .set('Cookie', 'shubbak-refresh=held')
      .send({});

    // then
    expect(answer.status).to.equal(204);
    expect(answer.headers['set-cookie']?.[0]).to.match(/^shubbak-refresh=;.*Expires=Thu, 01 Jan 1970/);

    // given a server that no longer knows it
    const refusing = serve(
      anApplication({
        accounts: {
          logout: async () => {
            throw new DomainError('INVALID_REFRESH_TOKEN');
          },
        },
      }),
    );
    const again = await request(refusing.app)
      .delete('/api/v1/sessions/current')
      .set('Cookie', 'shubbak-refresh=held')
      .send({});
    expect(again.headers['set-cookie']?.[0]).to.match(/^shubbak-refresh=;/);
  });

  it('mark the cookie Secure behind a proxy that speaks TLS', async () => {
    const behind = serve(anApplication(), { trustProxy: 1 });
    const answer = await request(behind.app)
      .post('/api/v1/sessions')
      .set('X-Forwarded-Proto', 'https')
      .send({ ...PERSON, keep: 'cookie' });
    expect(answer.headers['set-cookie']?.[0]).to.include('Secure');
  });
});

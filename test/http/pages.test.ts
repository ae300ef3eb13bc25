import { expect } from 'chai';
import request from 'supertest';
import { DomainError } from '../../src/domain/errors.ts';
import { anApplication, aVerification } from './support/application.ts';
import { serve } from './support/serve.ts';

describe('http pages', () => {
  const application = anApplication();
  const { app } = serve(application);
  const verify = application.verification.verify;

  beforeEach(() => {
    application.verification.verify = verify;
  });

  it('shows an act to anyone, in three languages, without a script', async () => {
    for (const [language, direction, heading] of [
      ['ar', 'rtl', 'هذا القرار صحيح'],
      ['fr', 'ltr', 'Cet acte est authentique'],
      ['en', 'ltr', 'This act is authentic'],
    ] as const) {
      // when
      const page = await request(app).get(`/verify/7K2M-Q9XD?lang=${language}`);

      // then
      expect(page.status).to.equal(200);
      expect(page.headers['content-type']).to.equal('text/html; charset=utf-8');
      expect(page.headers['content-language']).to.equal(language);
      expect(page.text).to.include(`<html lang="${language}" dir="${direction}">`).and.to.include(heading);
      expect(page.text).to.include('<bdi>01.151.01.01-PC-2026-00412</bdi>');
      expect(page.text).not.to.match(/<script|javascript:| style=| on\w+=|undefined|\[object/);
      for (const other of ['ar', 'fr', 'en'].filter((one) => one !== language)) {
        expect(page.text).to.include(`href="/verify/7K2M-Q9XD?lang=${other}"`);
      }
    }
  });

  it('says why an act does not hold', async () => {
    application.verification.verify = async () => ({
      ...aVerification(),
      valid: false,
      status: 'invalid',
      test: false,
      reasons: ['DIGEST_MISMATCH', 'UNTRUSTED_ROOT'],
    });
    const page = await request(app).get('/verify/7K2M-Q9XD').set('Accept-Language', 'fr');
    expect(page.text)
      .to.include('Cet acte n&#39;est pas valable')
      .and.to.include('Le contenu a changé depuis la signature.');
    expect(page.text).not.to.include('authentique</h2>');
    const data = await request(app).get('/api/v1/verify/7K2M-Q9XD').set('Accept-Language', 'en');
    expect(data.body.reasons[0]).to.deep.equal({
      code: 'DIGEST_MISMATCH',
      message: 'The content has changed since it was signed.',
    });
  });

  it('tells an unknown code from a fault, and escapes what it prints', async () => {
    const unknown = await request(app).get('/verify/ZZZZ-ZZZZ');
    expect(unknown.status).to.equal(404);
    expect(unknown.text).to.include('Code inconnu');
    const hostile = await request(app).get(`/verify/${encodeURIComponent('"><img src=x onerror=alert(1)>')}`);
    expect(hostile.status).to.equal(404);
    expect(hostile.text).not.to.include('<img src=x');
    application.verification.verify = async () => {
      throw new DomainError('UNAVAILABLE');
    };
    expect((await request(app).get('/verify/7K2M-Q9XD')).status).to.equal(503);
  });

  it('takes a code from the form of the page', async () => {
    const page = await request(app).get('/verify/ZZZZ-ZZZZ').set('Accept-Language', 'ar');
    expect(page.text).to.include('<form action="/verify" method="get">');
    expect(page.text).not.to.match(/<script| style=/);
    const sent = await request(app).get('/verify?code=7K2M%20Q9XD&lang=ar');
    expect([sent.status, sent.headers.location]).to.deep.equal([303, '/verify/7K2M%20Q9XD?lang=ar']);
    expect((await request(app).get('/verify?code=%2F%2Fevil.example')).headers.location).to.equal(
      '/verify/%2F%2Fevil.example?lang=fr',
    );
    expect((await request(app).get('/verify')).headers.location).to.equal('/?lang=fr');
  });

  it('serves its style, and the documentation with scripts from here only', async () => {
    expect((await request(app).get('/assets/page.css')).headers['content-type']).to.match(/text\/css/);
    expect((await request(app).get('/assets/star.svg')).headers['content-type']).to.match(/svg/);
    expect((await request(app).get('/assets/../app.ts')).status).to.equal(404);
    expect((await request(app).get('/assets/%2e%2e/app.ts')).status).to.equal(404);
    expect((await request(app).get('/api/v1/docs')).headers.location).to.equal('/api/v1/docs/');
    const docs = await request(app).get('/api/v1/docs/');
    expect(docs.status).to.equal(200);
    expect(docs.text).not.to.match(/<script>| on\w+=|https?:/);
    expect(docs.headers['content-security-policy'])
      .to.include("script-src 'self'")
      .and.not.to.include('unsafe');
    for (const file of ['docs.js', 'swagger-ui.css', 'swagger-ui-bundle.js']) {
      expect((await request(app).get(`/api/v1/docs/${file}`)).status, file).to.equal(200);
    }
    const contract = await request(app).get('/api/v1/openapi.json');
    expect(contract.body.openapi).to.equal('3.1.0');
  });

  it('answers a person at a browser with a page, and a program with a problem', async () => {
    const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    for (const [language, direction, title] of [
      ['ar', 'rtl', 'عنوان غير معروف'],
      ['fr', 'ltr', 'Adresse inconnue'],
      ['en', 'ltr', 'Unknown address'],
    ]) {
      const page = await request(app).get(`//evil.example/"><b>?lang=${language}`).set('Accept', BROWSER);
      expect(page.status).to.equal(404);
      expect(page.headers['content-type']).to.equal('text/html; charset=utf-8');
      expect(page.headers['content-language']).to.equal(language);
      expect(page.text).to.include(`<html lang="${language}" dir="${direction}">`).and.to.include(title);
      expect(page.text)
        .to.include(`href="/?lang=${language}"`)
        .and.not.to.match(/evil|<script| style=/);
    }
    for (const [address, accept] of [
      ['/nowhere', '*/*'],
      ['/nowhere', 'application/json'],
      ['/api/v1/nowhere', BROWSER],
    ] as const) {
      const problem = await request(app).get(address).set('Accept', accept);
      expect(problem.headers['content-type']).to.match(/^application\/problem\+json/);
      expect(problem.body.code).to.equal('ROUTE_NOT_FOUND');
    }
    const posted = await request(app).post('/nowhere').set('Accept', BROWSER).send({});
    expect(posted.headers['content-type']).to.match(/^application\/problem\+json/);
  });

  it('tells whoever watches how it is', async () => {
    // given
    const down = serve(
      anApplication({
        health: (async () => ({
          store: 'down',
          storeKind: 'mongodb',
          engine: { name: 'native', status: 'up' },
        })) as never,
      }),
    );

    // when
    const up = await request(app).get('/health');
    const ill = await request(down.app).get('/health');
    const measures = await request(app).get('/metrics');

    // then
    expect([up.status, ill.status]).to.deep.equal([200, 503]);
    expect(up.body).to.deep.include({
      status: 'up',
      version: '0.0.0',
      store: { kind: 'embedded', status: 'up' },
    });
    expect(up.body.uptimeSeconds).to.be.a('number');
    expect(ill.body).to.deep.include({ status: 'down', store: { kind: 'mongodb', status: 'down' } });
    expect(measures.text).to.match(
      /shubbak_http_request_duration_seconds_count\{[^}]*route="\/verify\/:code"/,
    );
    expect(measures.text)
      .to.include('shubbak_http_refusals_total')
      .and.to.include('process_cpu_user_seconds_total');
  });
});

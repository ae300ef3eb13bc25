import { connect } from 'node:net';
import { expect } from 'chai';
import request from 'supertest';
import { DomainError } from '../../src/domain/errors.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { createTranslate } from '../../src/locales/translate.ts';
import { anApplication, TOKEN } from './support/application.ts';
import { OUTAGE, serve } from './support/serve.ts';

const signedIn = { Authorization: `Bearer ${TOKEN}`, 'Idempotency-Key': 'k' };
const draft = { procedure: 'building-permit-small', commune: '01.151.01.01' };

describe('http problems', () => {
  const application = anApplication();
  const { app, logged } = serve(application);

  it('says a refusal in the language asked for, with its code and the number of the request', async () => {
    for (const [accept, language, title] of [
      ['ar-MA,ar;q=0.9,fr;q=0.5', 'ar', 'تسجيل الدخول ضروري'],
      ['de, en;q=0.7, fr;q=0.3', 'en', 'Please sign in'],
      ['de', 'fr', 'Connexion nécessaire'],
      ['ar;q=0, en;q=0.1', 'en', 'Please sign in'],
    ] as const) {
      // when
      const answer = await request(app).get('/api/v1/me').set('Accept-Language', accept);

      // then
      expect(answer.status).to.equal(401);
      expect(answer.headers['content-type']).to.equal('application/problem+json; charset=utf-8');
      expect(answer.headers['content-language']).to.equal(language);
      expect(answer.headers.vary).to.include('Accept-Language');
      expect(answer.body).to.deep.include({ type: '/problems/unauthenticated', title, status: 401 });
      expect(answer.body.instance).to.equal(`urn:uuid:${answer.headers['x-request-id']}`);
    }
    const silent = await request(app).get('/api/v1/me').unset('Accept-Language');
    expect(silent.headers['content-language']).to.equal('fr');
  });

  it('names every broken field and its rule in words, never as a pattern', async () => {
    // when
    const answer = await request(app).post('/api/v1/accounts').send({
      kind: 'robot',
      role: 'applicant',
      email: 'no',
      password: '',
      name: 'A',
      language: 'fr',
      phone: 'x',
      extra: 1,
    });

    // then
    expect(answer.status).to.equal(422);
    expect(answer.body.code).to.equal('INVALID_INPUT');
    const rules = Object.fromEntries(
      (answer.body.errors as { field: string; rule: string }[]).map(({ field, rule }) => [field, rule]),
    );
    expect(rules).to.deep.include({
      '/kind': 'enum',
      '/password': 'minLength',
      '/phone': 'pattern',
      '/extra': 'additionalProperties',
    });
    expect(rules).to.have.property('/email');
    const messages = (answer.body.errors as { message: string }[]).map(({ message }) => message);
    expect(messages).to.include('« kind » doit être une des valeurs proposées : person et company.');
    expect(messages).to.include('« password » ne peut pas être vide.');
    expect(messages).to.include("« phone » n'a pas la forme attendue.");
    expect(answer.text).not.to.match(/\^\\|\$"|must /);
  });

  it('counts in Arabic as Arabic does, and keeps codes from reversing', async () => {
    // when
    const answer = await request(app)
      .post('/api/v1/sessions')
      .set('Accept-Language', 'ar')
      .send({ email: `${'a'.repeat(300)}@example.org`, password: 'p', x: 1 });

    // then
    expect(answer.body.detail).to.equal('هناك معطيان بحاجة إلى تصحيح.');
    const [first] = (answer.body.errors as { rule: string; message: string }[]).filter(
      (one) => one.rule === 'maxLength',
    );
    expect(first?.message).to.equal('«\u2066email\u2069» لا يمكن أن يتجاوز \u2066254\u2069 حرفا.');
  });

  it('refuses requests that cannot be read', async () => {
    const post = () => request(app).post('/api/v1/dossiers').set(signedIn);
    const json = (text: string) => post().set('Content-Type', 'application/json').send(text);
    let deep = '0';
    for (let level = 0; level < 100; level += 1) deep = `{"a":${deep}}`;
    const cases: [request.Test, number, string, string?][] = [
      [json('{"procedure":'), 400, 'MALFORMED_REQUEST', 'json'],
      [
        json(`{"application":{"__proto__":{"admin":true}},"procedure":"p","commune":"01.151"}`),
        400,
        'MALFORMED_REQUEST',
        'forbiddenKey',
      ],
      [
        json('{"application":{"$where":"1"},"procedure":"p","commune":"01.151"}'),
        400,
        'MALFORMED_REQUEST',
        'forbiddenKey',
      ],
      [
        json('{"application":{"a":"b\\u0000c"},"procedure":"p","commune":"01.151"}'),
        400,
        'MALFORMED_REQUEST',
        'nullByte',
      ],
      [
        json(`{"application":${deep},"procedure":"p","commune":"01.151"}`),
        400,
        'MALFORMED_REQUEST',
        'tooDeep',
      ],
      [
        json(JSON.stringify({ ...draft, application: { a: 'x'.repeat(1_100_000) } })),
        413,
        'PAYLOAD_TOO_LARGE',
      ],
      [json('[]'), 422, 'INVALID_INPUT'],
      [json('"text"'), 422, 'INVALID_INPUT'],
      [json('null'), 422, 'INVALID_INPUT'],
      [post().set('Content-Type', 'text/plain').send('hello'), 400, 'MALFORMED_REQUEST', 'contentType'],
      [post().set('Content-Type', 'application/xml').send('<a/>'), 400, 'MALFORMED_REQUEST', 'contentType'],
      [
        post().set('Content-Type', 'application/json; charset=ebcdic').send('{}'),
        400,
        'MALFORMED_REQUEST',
        'contentType',
      ],
      [post(), 400, 'MALFORMED_REQUEST', 'contentType'],
      [request(app).get('/api/v1/territories/%ff'), 400, 'MALFORMED_REQUEST', 'address'],
      [request(app).get('/api/v1/territories/%00'), 400, 'MALFORMED_REQUEST', 'nullByte'],
      [request(app).get('/verify/%E0%A4%A'), 400, 'MALFORMED_REQUEST', 'address'],
      [request(app).get('/api/v1/territories?kind=province&kind=region'), 422, 'INVALID_INPUT'],
      [request(app).get('/api/v1/territories?wrong=1'), 422, 'INVALID_INPUT'],
      [request(app).get('/api/v1/territories?kind='), 422, 'INVALID_INPUT'],
      [request(app).get('/api/v1/territories?__proto__[a]=1'), 422, 'INVALID_INPUT'],
      [request(app).get('/api/v1/tasks?limit=0').set(signedIn), 422, 'INVALID_INPUT'],
      [request(app).get('/api/v1/tasks?limit=1000').set(signedIn), 422, 'INVALID_INPUT'],
      [request(app).get('/api/v1/tasks?limit=1&limit=2').set(signedIn), 422, 'INVALID_INPUT'],
      [request(app).get('/api/v1/tasks?dueBefore=2026-13-01T00:00:00Z').set(signedIn), 422, 'INVALID_INPUT'],
      [
        request(app)
          .get(`/api/v1/dossiers/${'x'.repeat(65)}`)
          .set(signedIn),
        422,
        'INVALID_INPUT',
      ],
      [request(app).get('/api/v1/nothing'), 404, 'ROUTE_NOT_FOUND'],
      [request(app).get('/nothing'), 404, 'ROUTE_NOT_FOUND'],
      [request(app).get('/api/v1/Dossiers').set(signedIn), 404, 'ROUTE_NOT_FOUND'],
      [request(app).get('/api/v1/dossiers/').set(signedIn), 404, 'ROUTE_NOT_FOUND'],
      [request(app).patch('/api/v1/dossiers'), 405, 'METHOD_NOT_ALLOWED'],
      [request(app).trace('/api/v1/dossiers'), 405, 'METHOD_NOT_ALLOWED'],
    ];
    for (const [asked, status, code, reason] of cases) {
      // when
      const answer = await asked;

      // then
      const about = `${answer.request.method} ${answer.request.url} ${answer.text.slice(0, 300)}`;
      expect([answer.status, answer.body.code, answer.body.details?.reason], about).to.deep.equal([
        status,
        code,
        reason,
      ]);
      expect(answer.headers['content-type'], about).to.match(/^application\/problem\+json/);
      expect(answer.text, about).not.to.match(/node_modules|\.ts:|at \w+ \(/);
    }
    expect(logged()).not.to.include('"code":"INTERNAL"');
  });

  it('names the methods that an address takes', async () => {
    const answer = await request(app).delete('/api/v1/dossiers');
    expect(answer.headers.allow).to.equal('GET, POST');
    expect((await request(app).head('/api/v1/procedures')).status).to.equal(200);
  });

  it('hides a fault of ours, and logs it without personal data', async () => {
    // given
    const faulty = serve(
      anApplication({
        accounts: {
          login: async () => {
            throw new Error('duplicate key { email: "amina@example.org" }');
          },
        },
      }),
    );

    // when
    const answer = await request(faulty.app)
      .post('/api/v1/sessions?')
      .set('Authorization', 'Bearer secret-token')
      .set('Accept-Language', 'en')
      .send({ email: 'amina@example.org', password: 'swordfish' });

    // then
    expect(answer.status).to.equal(500);
    expect(answer.body).to.have.all.keys('type', 'title', 'status', 'detail', 'instance', 'code');
    expect(answer.text).not.to.include('duplicate');
    const text = faulty.logged();
    expect(text)
      .to.include('duplicate key { email: \\"<e-mail>\\" }')
      .and.to.include(answer.headers['x-request-id']);
    for (const secret of ['amina', 'swordfish', 'secret-token', '127.0.0.1'])
      expect(text).not.to.include(secret);
  });

  it('says of a store that does not answer that it may be asked again', async () => {
    // given
    const away = serve(
      anApplication({
        accounts: {
          login: async () => {
            throw new Error(OUTAGE);
          },
        },
      }),
    );
    // when
    const answer = await request(away.app)
      .post('/api/v1/sessions')
      .send({ email: 'amina@example.org', password: 'swordfish' });
    // then
    expect([answer.status, answer.body.code]).to.deep.equal([503, 'UNAVAILABLE']);
    expect(answer.headers['retry-after']).to.equal('1');
    expect(away.logged()).to.include(OUTAGE);
  });

  it('logs routes, never addresses', async () => {
    await request(app).get('/verify/7K2M-Q9XD-4TVB-0HRC');
    await request(app).get('/api/v1/dossiers/private-name').set(signedIn);
    await request(app).get('/api/v1/dossiers?number=01.151.01.01-PC-2026-99999').set(signedIn);
    expect(logged()).to.include('"route":"/verify/:code"').and.to.include('"route":"/api/v1/dossiers/{id}"');
    for (const secret of ['Q9XD', 'private-name', '99999', TOKEN]) expect(logged()).not.to.include(secret);
  });

  it('passes refusals of use cases on with their status, details and headers', async () => {
    // given
    const refusing = serve(
      anApplication({
        tasks: {
          claim: async () => {
            throw new DomainError('TASK_TAKEN', { task: 't' });
          },
          complete: async () => {
            throw new DomainError('INVALID_INPUT', {
              errors: [
                { field: '/remarks/0/text', rule: 'minLength', params: { limit: 3 } },
                { field: '', rule: 'REASON_MISSING', params: {} },
                { field: '/x', rule: 'unheardOf', params: {} },
              ],
            });
          },
          read: async () => {
            throw new DomainError('UNAVAILABLE');
          },
        },
      }),
    );

    // when
    const taken = await request(refusing.app).post('/api/v1/tasks/t/claim').set(signedIn);
    const invalid = await request(refusing.app).post('/api/v1/tasks/t/completion').set(signedIn).send({});
    const away = await request(refusing.app).get('/api/v1/tasks/t').set(signedIn);

    // then
    expect([taken.status, taken.body.details]).to.deep.equal([409, { task: 't' }]);
    expect(invalid.body.errors.map(({ message }: { message: string }) => message)).to.deep.equal([
      '« remarks.0.text » doit avoir au moins 3 caractères.',
      'Des réserves ou un refus doivent être motivés (loi 55-19).',
      "« x » n'est pas valable.",
    ]);
    expect([away.status, away.headers['retry-after']]).to.deep.equal([503, '1']);
  });

  it('slows down guessing, by address', async () => {
    // given
    const limit = { attempts: 2, windowMs: 60_000 };
    const login = async (_context: unknown, { password }: { password: string }) => {
      if (password === 'bad') throw new DomainError('INVALID_CREDENTIALS');
      if (password === 'while the store is away') throw new Error(OUTAGE);
      return { accessToken: 'a.b.c', refreshToken: 'r', expiresIn: 900 };
    };
    const strict = serve(anApplication({ accounts: { login } }), {
      attemptLimits: {
        signIn: { ...limit, refusedOnly: true },
        register: limit,
        refresh: limit,
        verify: limit,
      },
      trustProxy: 1,
    });
    const attempt = (address: string) =>
      request(strict.app)
        .post('/api/v1/sessions/refresh')
        .set('X-Forwarded-For', address)
        .send({ refreshToken: 'r' });
    const signIn = (password: string) =>
      request(strict.app).post('/api/v1/sessions').send({ email: 'one@example.org', password });

    // when
    const answers = [await attempt('192.0.2.1'), await attempt('192.0.2.1'), await attempt('192.0.2.1')];

    // then
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 429]);
    expect(answers[2]?.body.code).to.equal('TOO_MANY_ATTEMPTS');
    expect(Number(answers[2]?.headers['retry-after'])).to.be.within(1, 60);
    expect((await attempt('192.0.2.2')).status).to.equal(201);
    for (const [password, status] of [
      ['good', 201],
      ['good', 201],
      ['while the store is away', 503],
      ['while the store is away', 503],
      ['good', 201],
      ['bad', 401],
      ['bad', 401],
      ['good', 429],
    ] as const) {
      expect((await signIn(password)).status, password).to.equal(status);
    }
    for (const status of [200, 200, 429]) {
      expect((await request(strict.app).get('/verify/7K2M-Q9XD-4TVB')).status).to.equal(status);
    }
    expect((await request(strict.app).get('/api/v1/verify/7K2M-Q9XD-4TVB')).status).to.equal(429);
  });

  it('sets strict headers everywhere', async () => {
    for (const address of ['/', '/nothing', '/api/v1/procedures', '/health']) {
      const { headers } = await request(app).get(address);
      expect(headers['content-security-policy'], address).to.equal(
        "default-src 'none';style-src 'self';img-src 'self';font-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
      );
      expect(headers).to.not.have.property('x-powered-by');
      expect(headers['x-content-type-options']).to.equal('nosniff');
      expect(headers['referrer-policy']).to.equal('no-referrer');
      expect(headers).to.have.property('strict-transport-security');
    }
  });

  it('answers endless headers and nonsense as problems too', async () => {
    // given
    const server = createHttpServer(app, createTranslate());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const say = (text: string) =>
      new Promise<string>((resolve, reject) => {
        let heard = '';
        const socket = connect(port, '127.0.0.1', () => socket.write(text));
        socket.on('data', (chunk) => {
          heard += String(chunk);
        });
        socket.on('close', () => resolve(heard));
        socket.on('error', reject);
      });

    try {
      for (const text of [
        `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
        'nonsense\r\n\r\n',
      ]) {
        // when
        const heard = await say(text);

        // then
        expect(heard).to.match(/^HTTP\/1\.1 400 Bad Request\r\n/);
        expect(heard).to.include('application/problem+json').and.to.include('"code":"MALFORMED_REQUEST"');
      }
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

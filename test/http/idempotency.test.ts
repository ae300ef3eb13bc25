import { expect } from 'chai';
import request from 'supertest';
import { DomainError } from '../../src/domain/errors.ts';
import { anApplication, TOKEN } from './support/application.ts';
import { aDossier } from './support/records.ts';
import { serve } from './support/serve.ts';

const draft = { procedure: 'building-permit-small', commune: '01.151.01.01' };

describe('http idempotency', () => {
  let slow: Promise<void> | null = null;
  const application = anApplication();
  const startDraft = application.dossiers.startDraft;
  application.dossiers.startDraft = async (context, input) => {
    const dossier = await startDraft(context, input);
    await slow;
    return dossier;
  };
  const { app } = serve(application);
  const post = (path: string, key: string | null, body?: object) => {
    const asked = request(app).post(`/api/v1${path}`).set('Authorization', `Bearer ${TOKEN}`);
    return key === null ? asked.send(body) : asked.set('Idempotency-Key', key).send(body);
  };
  const drafts = () => application.calls.filter(({ name }) => name === 'dossiers.startDraft');

  beforeEach(() => {
    slow = null;
    application.calls.length = 0;
    application.ledger.clear();
  });

  it('does it once, and answers the same again whatever the order of the keys', async () => {
    // when
    const first = await post('/dossiers', 'k1', { ...draft, application: { a: 1, b: [1, { c: 2, d: 3 }] } });
    const again = await post('/dossiers', 'k1', { application: { b: [1, { d: 3, c: 2 }], a: 1 }, ...draft });

    // then
    expect(first.status).to.equal(201);
    expect(first.headers).not.to.have.property('idempotency-replayed');
    expect([again.status, again.body]).to.deep.equal([201, first.body]);
    expect(again.headers['idempotency-replayed']).to.equal('true');
    expect([again.headers.etag, again.headers.location]).to.deep.equal([
      first.headers.etag,
      first.headers.location,
    ]);
    expect(drafts()).to.have.length(1);
  });

  it('refuses the same key with another body', async () => {
    await post('/dossiers', 'k1', draft);
    const other = await post('/dossiers', 'k1', { ...draft, application: {} });
    expect([other.status, other.body.code]).to.deep.equal([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('keeps keys apart by person, by address and by method', async () => {
    await post('/dossiers', 'k1', draft);
    await post('/dossiers/d1/submission', 'k1');
    await post('/dossiers/d2/submission', 'k1');
    expect([...application.ledger.keys()]).to.deep.equal([
      'account-1:POST /api/v1/dossiers:k1',
      'account-1:POST /api/v1/dossiers/d1/submission:k1',
      'account-1:POST /api/v1/dossiers/d2/submission:k1',
    ]);
  });

  it('asks for a key, of a sound form', async () => {
    for (const path of [
      '/admin/accounts/a/secret',
      '/dossiers',
      '/dossiers/d/submission',
      '/dossiers/d/architect-signature',
      '/tasks/t/completion',
      '/admin/accounts',
      '/bodies',
      '/dossiers/d/documents',
    ]) {
      const answer = await post(path, null, {});
      expect([answer.status, answer.body.code], path).to.deep.equal([400, 'IDEMPOTENCY_KEY_REQUIRED']);
    }
    expect((await post('/dossiers', 'k'.repeat(129), draft)).body.errors[0].field).to.equal(
      'header/idempotency-key',
    );
    expect((await post('/tasks/t/claim', null, {})).status).to.equal(200);
  });

  it('lets a refused request be tried again under its key', async () => {
    // given
    const submit = application.dossiers.submit;
    application.dossiers.submit = async () => {
      throw new DomainError('ARCHITECT_SIGNATURE_MISSING');
    };

    // when
    const refused = await post('/dossiers/d/submission', 'k1');
    application.dossiers.submit = submit;
    const done = await post('/dossiers/d/submission', 'k1');

    // then
    expect([refused.status, done.status]).to.deep.equal([422, 200]);
  });

  it('draws the answer again when the node stopped before keeping it', async () => {
    // given
    const first = await post('/dossiers', 'k1', draft);
    for (const [id, record] of application.ledger) application.ledger.set(id, { ...record, response: null });

    // when
    const again = await post('/dossiers', 'k1', draft);

    // then
    expect([again.status, again.headers['idempotency-replayed']]).to.deep.equal([201, 'true']);
    expect(again.body.id).to.equal(first.body.id);
    expect(again.headers.location).to.equal('/api/v1/dossiers/dossier-1');
    expect(drafts()).to.have.length(1);
  });

  it('gives two requests at once the same answer', async () => {
    // given
    let finish: () => void = () => {};
    slow = new Promise((resolve) => {
      finish = resolve;
    });
    setTimeout(() => finish(), 150);

    // when
    const answers = await Promise.all([post('/dossiers', 'k1', draft), post('/dossiers', 'k1', draft)]);

    // then
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201]);
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).to.have.length(1);
  });

  it('tells that a request is still at work when it takes too long', async () => {
    // given
    const submit = application.dossiers.submit;
    application.dossiers.submit = async () => {
      throw new DomainError('REQUEST_IN_PROGRESS');
    };

    // when
    const answer = await post('/dossiers/d/submission', 'k9');
    application.dossiers.submit = submit;

    // then
    expect([answer.status, answer.body.code, answer.headers['retry-after']]).to.deep.equal([
      409,
      'REQUEST_IN_PROGRESS',
      '1',
    ]);
  });

  it('keeps a one-time secret out of what is stored', async () => {
    // given
    const account = { kind: 'person', email: 'a@example.org', name: 'A', language: 'fr', grants: [] };

    // when
    const first = await post('/admin/accounts', 'k1', account);
    const again = await post('/admin/accounts', 'k1', account);
    await post('/admin/accounts/account-9/secret', 'k1');

    // then
    expect(first.body.secret).to.equal('one-time');
    expect(again.body).to.deep.equal({ ...first.body, secret: null });
    expect(JSON.stringify([...application.ledger])).not.to.include('one-time');
  });

  it('gives back a completed task from what was kept, even after its dossier went on', async () => {
    // given
    const first = await post('/tasks/t/completion', 'k1', { complete: true });
    application.tasks.complete = async () => {
      throw new DomainError('TASK_ALREADY_DONE');
    };
    application.dossiers.read = async () => {
      throw new Error(`${aDossier().id} must not be read`);
    };

    // when
    const again = await post('/tasks/t/completion', 'k1', { complete: true });

    // then
    expect(again.body).to.deep.equal(first.body);
  });
});

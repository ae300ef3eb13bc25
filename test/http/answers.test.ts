import { expect } from 'chai';
import request from 'supertest';
import { API_ROOT, loadContract } from '../../src/http/contract.ts';
import { anApplication, TOKEN } from './support/application.ts';
import { aDossier } from './support/records.ts';
import { serve } from './support/serve.ts';

const registration = {
  kind: 'person',
  role: 'applicant',
  email: 'one@example.org',
  password: 'a long enough password',
  name: 'Person One',
  language: 'ar',
};
const newAccount = {
  kind: 'person',
  email: 'two@example.org',
  name: 'Office',
  language: 'fr',
  jobTitle: { ar: 'رئيس', fr: 'Président' },
  grants: [{ role: 'committeeMember', territory: '*', body: 'agency' }],
};

/** For each operation: what to send, and what must come back. */
const CASES: Record<
  string,
  { path?: string; body?: object; headers?: Record<string, string>; status: number; type?: RegExp }
> = {
  registerAccount: { body: registration, status: 201 },
  activateAccount: { body: { secret: 's', password: 'a long enough password' }, status: 200 },
  endSessions: { status: 204 },
  listDelegations: { status: 200 },
  nameDelegate: { body: { email: 'two@example.org', until: '2027-01-01T00:00:00Z' }, status: 201 },
  removeDelegate: { status: 204 },
  assessProject: { body: { commune: '01.151.01.01', application: { project: {} } }, status: 200 },
  listLicences: { path: '?territory=01.151&procedure=building-permit-small&year=2026', status: 200 },
  verifyFile: {
    body: Buffer.from('%PDF-1.7 '),
    headers: { 'Content-Type': 'application/pdf' },
    status: 200,
  },
  followDossier: { body: { number: '01.151.01.01-PC-2026-00412', secret: '7K2MQ-9XD4T' }, status: 200 },
  setUpOffice: { body: { office: 'empty' }, status: 200 },
  signIn: { body: { email: 'one@example.org', password: 'p' }, status: 201 },
  refreshSession: { body: { refreshToken: 'r' }, status: 201 },
  signOut: { body: { refreshToken: 'r' }, status: 204 },
  readProfile: { status: 200 },
  changeProfile: { body: { language: 'fr', password: { current: 'a', next: 'b' } }, status: 200 },
  listAccounts: { path: '?q=Amina&role=president&territory=*&body=agency&limit=5', status: 200 },
  openAccount: { body: newAccount, status: 201 },
  renewSecret: { status: 201 },
  readAccount: { status: 200 },
  changeAccount: { body: { active: false, jobTitle: null }, status: 200 },
  listBodies: { status: 200 },
  openBody: {
    body: { id: 'agency', kind: 'urbanAgency', name: { ar: 'و', fr: 'A' }, territories: ['01.151'] },
    status: 201,
  },
  readBody: { status: 200 },
  changeBody: { body: { active: false }, status: 200 },
  listTerritories: { path: '?parent=01&kind=province', status: 200 },
  readTerritory: { path: '/territories/01.151', status: 200 },
  listProcedures: { status: 200 },
  readProcedure: { path: `?version=${'a'.repeat(64)}`, status: 200 },
  readDiagram: { status: 200, type: /application\/xml/ },
  readForm: { status: 200 },
  readFormValidator: { status: 200, type: /text\/javascript/ },
  listProcedureVersions: { status: 200 },
  readProcedureVersion: { path: `/procedure-versions/${'a'.repeat(64)}`, status: 200 },
  readVocabulary: { status: 200 },
  listProcedureDrafts: { status: 200 },
  openProcedureDraft: { body: { procedure: 'building-permit-small' }, status: 201 },
  readProcedureDraft: { status: 200 },
  changeProcedureDraft: {
    body: { files: [{ path: 'forms/advertising-permit/decision.fr.json', content: null }] },
    headers: { 'If-Match': '"1"' },
    status: 200,
  },
  discardProcedureDraft: { status: 204 },
  checkProcedureDraft: { status: 200 },
  publishProcedureDraft: { body: { note: 'the hygiene office is heard' }, status: 201 },
  listDossiers: { path: '?status=underStudy&number=01.151.01.01-PC-2026-00412', status: 200 },
  startDraft: {
    body: { procedure: 'building-permit-small', commune: '01.151.01.01', application: {} },
    status: 201,
  },
  readDossier: { status: 200 },
  readNeeds: { status: 200 },
  changeDraft: { body: { application: { a: 1 } }, headers: { 'If-Match': '"1"' }, status: 200 },
  signPlans: { status: 200 },
  submitApplication: { headers: { 'If-Match': '"1-abc"' }, status: 200 },
  listDocuments: { path: '?all=true', status: 200 },
  listUploads: { status: 200 },
  startUpload: {
    body: { piece: 'architecturalPlan', fileName: 'تصميم.pdf', size: 9, fingerprint: 'a'.repeat(64) },
    status: 201,
  },
  readUpload: { status: 200 },
  continueUpload: { headers: { 'Upload-Offset': '4' }, status: 204 },
  abandonUpload: { status: 204 },
  finishUpload: { status: 201 },
  readTimeline: { status: 200 },
  listEvents: { path: '?after=3&limit=1', status: 200 },
  readReceipt: { status: 200, type: /application\/pdf/ },
  readFilingRejection: { status: 200, type: /application\/pdf/ },
  readMinutes: { path: '?round=1', status: 200, type: /application\/pdf/ },
  listRemarks: { status: 200 },
  answerRemark: { body: { text: 'Corrigé', document: 'document-2' }, status: 200 },
  listMessages: { path: '?limit=5', status: 200 },
  postMessage: { body: { text: 'Bonjour' }, status: 201 },
  markMessagesRead: { status: 204 },
  searchDossiers: { path: '?q=00412', status: 200 },
  followChanges: { headers: { 'Last-Event-ID': '2' }, status: 200, type: /text\/event-stream/ },
  openCounterFiling: {
    body: {
      procedure: 'building-permit-small',
      commune: '01.151.01.01',
      person: { kind: 'person', name: 'Person', identityNumber: 'L1', phone: '0600000000', language: 'ar' },
    },
    status: 201,
  },
  handOverAccount: { status: 201 },
  readRelated: { status: 200 },
  readDispatch: { status: 200 },
  listRegister: {
    path: '/registers/incoming?commune=01.151.01.01&year=2026&kind=application&number=7&from=2026-01-01T00:00:00Z',
    status: 200,
  },
  correctEntry: {
    path: '/registers/outgoing/entry-1/corrections',
    body: { text: 'read otherwise', reason: 'a slip' },
    status: 201,
  },
  listWork: {
    path: '?waiting=president&body=agency&dueBefore=2026-11-23T09:00:00Z&late=true&territory=01.151',
    status: 200,
  },
  listPayments: { path: '?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z', status: 200 },
  readDelays: { path: '?territory=01.151', status: 200 },
  listOpinions: { status: 200 },
  listDecisions: { status: 200 },
  openDocument: { status: 200, type: /application\/pdf/ },
  readDecisionFile: { status: 200, type: /application\/pdf/ },
  readApprovedPlan: { status: 200, type: /application\/pdf/ },
  listTasks: { path: '?scope=groups&dueBefore=2026-11-23T09:00:00Z&sort=createdAt', status: 200 },
  listSigningQueue: { status: 200 },
  readTask: { status: 200 },
  previewTask: { body: { confirm: true }, status: 200, type: /application\/pdf/ },
  confirmSignature: { body: { password: 'p' }, status: 201 },
  readSavedFilters: { status: 200 },
  saveFilters: { body: { items: [{ name: 'Late', query: 'due=late' }] }, status: 200 },
  listMotives: { path: '?procedure=building-permit-small', status: 200 },
  claimTask: { status: 200 },
  releaseTask: { status: 200 },
  completeTask: { body: { complete: true }, status: 200 },
  verifyAct: { path: '/verify/7K2M-Q9XD-4TVB-0HRC', status: 200 },
  readRootCertificate: { status: 200, type: /application\/x-pem-file/ },
  listNotifications: { path: '?unread=true', status: 200 },
  markNotificationRead: { status: 204 },
  measureSteps: { path: '?by=province,body&from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z', status: 200 },
  listOccurrences: { path: '?flowNode=CheckCompleteness&state=open&clock=working&limit=5', status: 200 },
  readIncident: { status: 200 },
  readOperationState: { status: 200 },
  listDueTimers: { path: '?until=2026-11-30T09:00:00Z&limit=5', status: 200 },
  listAccountEvents: { path: '?after=3&limit=1', status: 200 },
  listHeldTasks: { status: 200 },
  readCoverage: { path: '?territory=01.151', status: 200 },
  listIncidents: { path: '?open=true', status: 200 },
  retryIncident: { status: 200 },
  skipIncident: {
    body: { reason: 'Notifié par courrier recommandé.', variables: { notified: true } },
    status: 200,
  },
  findInstances: { path: '?number=01.151.01.01-PC-2026-00412', status: 200 },
  readInstance: { status: 200 },
  setVariables: {
    body: { reason: 'Notifié par courrier recommandé.', variables: { taxDue: 0 } },
    status: 200,
  },
  moveToken: {
    body: {
      reason: 'Notifié par courrier recommandé.',
      token: '4',
      from: 'CheckCompleteness',
      to: 'ConveneCommittee',
    },
    status: 200,
  },
  cancelInstance: { body: { reason: 'Notifié par courrier recommandé.' }, status: 200 },
  readSite: { status: 200 },
  readClock: { status: 200 },
  moveClock: { body: { to: '2026-11-30T09:00:00Z' }, status: 200 },
};

describe('http answers', () => {
  const contract = loadContract();
  const application = anApplication();
  const { app, logged } = serve(application);
  const signedIn = { Authorization: `Bearer ${TOKEN}` };

  beforeEach(() => {
    application.calls.length = 0;
    application.ledger.clear();
  });

  for (const { id, method, template } of contract.operations.filter((one) => one.id !== 'addDocument')) {
    it(`${id} answers what the contract promises`, async () => {
      // given
      const wanted = CASES[id];
      if (wanted === undefined) throw new Error(`no case for ${id}`);
      const filled = template.replace(/\{\w+\}/g, (name) => (name === '{id}' ? 'some-id' : 'other-id'));
      const path = wanted.path?.startsWith('/') ? wanted.path : `${filled}${wanted.path ?? ''}`;
      const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';

      // when
      const asked = request(app)
        [verb](`${API_ROOT}${path}`)
        .set(signedIn)
        .set('Idempotency-Key', 'key-1')
        .set(wanted.headers ?? {});
      const answer = await (wanted.body === undefined ? asked : asked.send(wanted.body));

      // then
      expect(answer.status, `${JSON.stringify(answer.body)} ${logged()}`).to.equal(wanted.status);
      if (wanted.status !== 204)
        expect(answer.headers['content-type']).to.match(wanted.type ?? /application\/json/);
    });
  }

  it('never shows what only the engine or the store needs', async () => {
    // given
    const addresses = [
      '/me',
      '/dossiers/d',
      '/dossiers',
      '/tasks',
      '/tasks/t',
      '/incidents',
      '/dossiers/d/decisions',
    ];

    for (const address of addresses) {
      // when
      const { text } = await request(app).get(`${API_ROOT}${address}`).set(signedIn);

      // then
      for (const secret of [
        'scrypt',
        'passwordHash',
        'internal',
        'secretly',
        'instance-1',
        'token-1',
        'a..b',
      ]) {
        expect(text, address).not.to.include(secret);
      }
    }
  });

  it('takes an answer that breaks the contract for a fault, and logs where', async () => {
    // given
    const broken = { ...aDossier(), status: 'unheardOf' } as never;
    const faulty = serve(anApplication({ dossiers: { startDraft: async () => broken } }));

    // when
    const answer = await request(faulty.app)
      .post('/api/v1/dossiers')
      .set(signedIn)
      .set('Idempotency-Key', 'k')
      .send({ procedure: 'p', commune: '01.151.01.01' });

    // then
    expect(answer.status).to.equal(500);
    expect(answer.body.code).to.equal('INTERNAL');
    expect(answer.text).not.to.include('unheardOf').and.not.to.include('status must');
    expect(faulty.logged()).to.include('BrokenContract').and.to.include('/status');
  });

  it('links to the following page with the same filters', async () => {
    const answer = await request(app).get('/api/v1/dossiers?status=filed&limit=1').set(signedIn);
    expect(answer.body.next).to.equal('next-page');
    expect(answer.headers.link).to.equal(
      '</api/v1/dossiers?status=filed&limit=1&cursor=next-page>; rel="next"',
    );
  });

  it('gives use cases checked and converted parameters', async () => {
    // when
    await request(app)
      .get('/api/v1/tasks?dueBefore=2026-11-23T09:00:00Z')
      .set(signedIn)
      .set('Accept-Language', 'ar');
    await request(app).get('/api/v1/analytics/steps?by=province,body').set(signedIn);

    // then
    const [, tasks, , measures] = application.calls;
    expect(tasks?.name).to.equal('tasks.list');
    expect(tasks?.input).to.deep.equal({
      scope: 'all',
      status: 'open',
      sort: 'dueAt',
      dueBefore: Date.UTC(2026, 10, 23, 9),
      page: { limit: 20, cursor: null },
    });
    expect(tasks?.context).to.deep.include({ language: 'ar', idempotency: null });
    expect(tasks?.context.actor.account).to.equal('account-1');
    expect(measures?.input).to.have.property('by').that.deep.equals(['body', 'province']);
  });

  it('answers measures as CSV to whoever prefers it', async () => {
    const answer = await request(app)
      .get('/api/v1/analytics/steps?by=province')
      .set(signedIn)
      .set('Accept', 'text/csv');
    expect(answer.headers['content-type']).to.equal('text/csv; charset=utf-8');
    expect(answer.headers.vary).to.match(/Accept(,|$)/);
    expect(answer.text.split('\r\n')[1]).to.match(/^CheckCompleteness,.*01\.151/);
  });

  it('sends files under their own name, in any alphabet', async () => {
    const answer = await request(app).get('/api/v1/documents/d/content').set(signedIn);
    expect(answer.headers['content-disposition']).to.equal(
      `attachment; filename="????? ??????.pdf"; filename*=UTF-8''${encodeURIComponent('تصميم معماري')}.pdf`,
    );
    expect(answer.headers['x-content-type-options']).to.equal('nosniff');
    expect(answer.headers['content-security-policy']).to.equal("default-src 'none'; sandbox");
    expect(answer.body.toString()).to.equal('%PDF-1.7 ');
  });
});

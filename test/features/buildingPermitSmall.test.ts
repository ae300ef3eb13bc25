import { expect } from 'chai';
import type { Filing } from '../../scripts/demo/filing.ts';
import { PASSWORD } from '../../scripts/demo/people.ts';
import { applicationOf } from '../../scripts/demo/projects.ts';
import { verifyPdf } from '../../src/gateways/pdf/verify.ts';
import { type Office, openOffice, refusal } from '../support/office.ts';

const TETOUAN = '01.571.01.11';
const CHEFCHAOUEN = '01.151.01.01';
const FAVOURABLE = { value: 'favourable', remarks: [] };
const house = (more: Record<string, unknown> = {}) => {
  const application = applicationOf({ variant: 50, address: '50, rue des Histoires', at: [-5.4, 35.2] });
  return { ...application, project: { ...application.project, ...more } };
};

describe('a small building permit', function () {
  this.timeout(240_000);
  let office: Office;
  before(async () => {
    office = await openOffice();
  });
  after(() => office.close());

  const president = (filing: Filing) => office.people.president(filing.commune.code);
  const registry = (filing: Filing) => office.people.registry(filing.commune.code);
  const today = async () => (await office.people.operator.get<{ now: string }>('/clock')).now.slice(0, 10);

  async function studied(filing: Filing, agency: unknown = FAVOURABLE): Promise<void> {
    await filing.checkedComplete();
    await filing.opinions(agency);
    await filing.minutes('Avis recueillis.', 'deliver');
  }
  async function remarkOfAgency(filing: Filing, reserve: boolean): Promise<unknown> {
    return filing.remark(
      office.people.member('agency-tetouan'),
      'architecturalPlan',
      'RGC 38',
      'À revoir.',
      reserve,
    );
  }
  async function licenceOf(filing: Filing) {
    const { items } = await filing.owner.get<{
      items: { id: string; kind: string; verificationCode: string }[];
    }>(`/dossiers/${filing.id}/decisions`);
    return items.find((one) => one.kind === 'licence');
  }

  it('is delivered, signed and verifiable by anyone, with its plans bound to it', async () => {
    // given
    const filing = await office.file(TETOUAN);
    expect(filing.number).to.match(/^01\.571\.01\.11-PC-2026-\d{5}$/);
    await studied(filing);
    // when
    await filing.decide('deliver', ['Respecter l’alignement.']);
    await filing.release(`Q-${filing.number}`, await today());
    // then
    expect((await filing.read()).dossier.status).to.equal('delivered');
    const licence = await licenceOf(filing);
    const bytes = await filing.owner.download(`/decisions/${licence?.id}/file`);
    const rootPem = await (await fetch(`${office.base}/api/v1/trust/root.pem`)).text();
    expect((await verifyPdf(bytes, { rootPem })).status).to.equal('valid');
    const check = await fetch(`${office.base}/api/v1/verify/${licence?.verificationCode}`);
    expect(await check.json()).to.include({
      valid: true,
      number: filing.number,
      kind: 'licence',
      test: true,
    });
    const page = await fetch(`${office.base}/verify/${licence?.verificationCode}`);
    expect(page.status).to.equal(200);
    expect(await page.text()).to.include(filing.number);
  });

  it('is studied by the province’s committee in a commune of 50,000 inhabitants or fewer', async () => {
    const filing = await office.file(CHEFCHAOUEN);
    await filing.checkedComplete();
    const { dossier } = await filing.read();
    expect(dossier.committee?.secretariat).to.equal('committee-01-151');
    expect(dossier.committee?.members.map((member) => member.kind)).to.include.members([
      'commune',
      'province',
      'urbanAgency',
    ]);
  });

  it('is rejected at filing when a principal piece is missing: a number and the piece, no receipt', async () => {
    const filing = await office.file(TETOUAN, { without: ['architecturalPlan'] });
    const { dossier } = await filing.read();
    expect(dossier.status).to.equal('rejectedAtFiling');
    expect(dossier.filingRejection?.missing.map((one) => one.piece)).to.deep.equal(['architecturalPlan']);
    expect(await refusal(filing.owner.get(`/dossiers/${filing.id}/receipt`))).to.include({
      code: 'NOT_AVAILABLE_YET',
    });
    const letter = await filing.owner.download(`/dossiers/${filing.id}/filing-rejection`);
    expect(letter.subarray(0, 5).toString()).to.equal('%PDF-');
  });

  it('is not rejected when only a piece of information is missing', async () => {
    const filing = await office.file(TETOUAN, { without: ['fireSafetyDocument'] });
    expect((await filing.read()).dossier.status).to.equal('underStudy');
    const receipt = await filing.owner.download(`/dossiers/${filing.id}/receipt`);
    expect(receipt.subarray(0, 5).toString()).to.equal('%PDF-');
  });

  it('cannot be filed for a large project: the refusal names the rule', async () => {
    const filing = await office.draft(TETOUAN, house({ receivesPublic: true, use: 'tourism' }));
    const answer = await refusal(filing.owner.post(`/dossiers/${filing.id}/submission`));
    expect(answer).to.include({ status: 422, code: 'PROJECT_IS_LARGE' });
    expect(JSON.stringify(answer.problem)).to.include('RGC');
  });

  it('cannot be filed before the architect has signed the plans as they are', async () => {
    const filing = await office.draft(TETOUAN, house(), { sign: false });
    const submit = () => filing.owner.post(`/dossiers/${filing.id}/submission`);
    expect((await refusal(submit())).code).to.equal('ARCHITECT_SIGNATURE_MISSING');
  });

  it('cannot be filed with a broken form: each field and rule is named in the reader’s language', async () => {
    const filing = await office.draft(TETOUAN, house({ heightMetres: -3, use: 'castle' }));
    const answer = await refusal(filing.owner.post(`/dossiers/${filing.id}/submission`));
    expect(answer.code).to.equal('INVALID_INPUT');
    const errors = answer.problem.errors as { field: string; rule: string; message: string }[];
    expect(errors.map(({ field, rule }) => `${field} ${rule}`)).to.have.members([
      '/project/heightMetres minimum',
      '/project/use enum',
    ]);
    for (const error of errors) expect(error.message).to.match(/\p{L}{3}/u);
  });

  it('takes one complement in a round: a second is refused, and only listed pieces may be asked', async () => {
    const filing = await office.file(TETOUAN);
    const ask = (piece: string) => ({
      complete: false,
      missing: [{ piece, reason: 'Non jointe.', article: 'RGC 33' }],
    });
    const { id } = await filing.task(registry(filing), 'CheckCompleteness');
    const unlisted = await refusal(
      registry(filing).post(`/tasks/${id}/completion`, ask('weddingPhotograph')),
    );
    expect(unlisted.code).to.equal('COMPLEMENT_PIECE_NOT_LISTED');
    await filing.complete(registry(filing), 'CheckCompleteness', ask('seismicCertificate'));
    const { id: answer } = await filing.task(filing.owner, 'AnswerComplement');
    const early = await refusal(filing.owner.post(`/tasks/${answer}/completion`, {}));
    expect(early.code).to.equal('REQUESTED_PIECE_MISSING');
    await office.move({ minutes: 5 });
    const [any] = (await filing.owner.get<{ items: { id: string }[] }>(`/dossiers/${filing.id}/documents`))
      .items;
    const bytes = await filing.owner.download(`/documents/${any?.id}/content`);
    await filing.owner.upload(`/dossiers/${filing.id}/documents`, () => {
      const form = new FormData();
      form.append('piece', 'seismicCertificate');
      form.append('file', new Blob([new Uint8Array(bytes)]), 'attestation parasismique.pdf');
      return form;
    });
    await filing.complete(filing.owner, 'AnswerComplement', { message: 'Jointe.' });
    expect(
      await filing.refused(registry(filing), 'CheckCompleteness', ask('energyEfficiencyDocument')),
    ).to.equal('COMPLEMENT_ALREADY_REQUESTED');
    await filing.checkedComplete();
  });

  it('is never delivered against the urban agency', async () => {
    const filing = await office.file(TETOUAN);
    await studied(filing, { value: 'unfavourable', remarks: [await remarkOfAgencyLater(filing)] });
    expect(await filing.refused(president(filing), 'Decide', { choice: 'deliver', conditions: [] })).to.equal(
      'BINDING_OPINION_UNFAVOURABLE',
    );
    async function remarkOfAgencyLater(one: Filing) {
      return one.remark(registry(one), 'architecturalPlan', 'RGC 35', 'Zone non constructible.', false);
    }
  });

  it('is delivered after minor reserves were lifted', async () => {
    const filing = await office.file(TETOUAN);
    await filing.checkedComplete();
    await filing.opinions({ value: 'favourableWithReserves', remarks: [await remarkOfAgency(filing, true)] });
    await filing.minutes('Une réserve.', 'liftReserves');
    expect(await filing.refused(president(filing), 'Decide', { choice: 'deliver', conditions: [] })).to.equal(
      'RESERVES_NOT_LIFTED',
    );
    await filing.decide('liftReserves');
    await filing.complete(filing.owner, 'LiftReserves', { answer: 'Corrigé.' });
    const seen = await registry(filing).get<{ records: Record<string, unknown> }>(`/dossiers/${filing.id}`);
    expect(seen.records.LiftReserves).to.deep.equal({ answer: 'Corrigé.' });
    await filing.complete(registry(filing), 'CheckReserves', { lifted: true, observations: 'Vu sur plan.' });
    const own = await filing.owner.get<{ records: Record<string, unknown> }>(`/dossiers/${filing.id}`);
    expect(own.records).to.include.keys('LiftReserves').and.not.include.keys('CheckReserves');
    await filing.release(`Q-${filing.number}`, await today());
    expect((await filing.read()).dossier.status).to.equal('delivered');
  });

  it('needs a modified project when the reserves are not lifted in five working days', async () => {
    const filing = await office.file(TETOUAN);
    await filing.checkedComplete();
    await filing.opinions({ value: 'favourableWithReserves', remarks: [await remarkOfAgency(filing, true)] });
    await filing.minutes('Une réserve.', 'liftReserves');
    await filing.decide('liftReserves');
    await office.move({ days: 9 });
    await filing.task(president(filing), 'SignModificationLetter');
  });

  it('opens a new round for a modified project, which must bring new signed plans', async () => {
    const filing = await office.file(TETOUAN);
    await studied(filing, { value: 'unfavourable', remarks: [await remarkBefore(filing)] });
    await filing.decide('modify');
    await filing.complete(president(filing), 'SignModificationLetter', {
      reasons: [{ article: 'RGC 37', text: 'Revoir le recul sur voie.' }],
    });
    expect(await filing.refused(filing.owner, 'SubmitModifiedProject', { message: 'Voilà.' })).to.equal(
      'NEW_PLANS_MISSING',
    );
    const other = await office.file(TETOUAN);
    const { items } = await filing.owner.get<{ items: { id: string; piece: string }[] }>(
      `/dossiers/${other.id}/documents`,
    );
    const plan = items.find((one) => one.piece === 'architecturalPlan');
    const bytes = await filing.owner.download(`/documents/${plan?.id}/content`);
    await filing.owner.upload(`/dossiers/${filing.id}/documents`, () => {
      const form = new FormData();
      form.append('piece', 'architecturalPlan');
      form.append('file', new Blob([new Uint8Array(bytes)]), 'مخطط معدل.pdf');
      return form;
    });
    expect(await filing.refused(filing.owner, 'SubmitModifiedProject', { message: 'Voilà.' })).to.equal(
      'ARCHITECT_SIGNATURE_MISSING',
    );
    await office.people.architect.post(`/dossiers/${filing.id}/architect-signature`);
    await filing.complete(filing.owner, 'SubmitModifiedProject', { message: 'Voilà.' });
    await studied(filing);
    await filing.decide('deliver');
    await filing.release(`Q-${filing.number}`, await today());
    expect((await filing.read()).dossier).to.include({ status: 'delivered', round: 2 });
    const documents = await filing.owner.get<{ items: { fileName: string; version: number }[] }>(
      `/dossiers/${filing.id}/documents`,
    );
    expect(documents.items.find((one) => one.fileName === 'مخطط معدل.pdf')?.version).to.equal(2);

    async function remarkBefore(one: Filing) {
      return one.remark(registry(one), 'architecturalPlan', 'RGC 37', 'Recul insuffisant.', false);
    }
  });

  it('is refused with reasons in a signed letter', async () => {
    const filing = await office.file(TETOUAN);
    await studied(filing);
    await filing.decide('refuse');
    const { id } = await filing.task(president(filing), 'SignRefusal');
    const silent = await refusal(president(filing).post(`/tasks/${id}/completion`, { reasons: [] }));
    expect(silent.code).to.equal('INVALID_INPUT');
    await filing.complete(president(filing), 'SignRefusal', {
      reasons: [{ article: 'Loi 12-90, art. 43', text: 'Servitude non aedificandi.' }],
    });
    expect((await filing.read()).dossier.status).to.equal('refused');
    const { items } = await filing.owner.get<{ items: { kind: string; reasons: { text: string }[] }[] }>(
      `/dossiers/${filing.id}/decisions`,
    );
    expect(items.find((one) => one.kind === 'refusal')?.reasons[0]?.text).to.include('Servitude');
  });

  it('closes the sitting with those present when a member other than the agency is silent', async () => {
    const filing = await office.file(TETOUAN);
    await filing.checkedComplete();
    await filing.opinions(FAVOURABLE, { silent: ['province'] });
    await office.move({ days: 5 });
    expect((await filing.read()).dossier.committee?.silent).to.deep.equal(['province-01-571']);
    await filing.minutes('Un membre silencieux.', 'deliver');
    await filing.decide('deliver');
    await filing.release(`Q-${filing.number}`, await today());
    expect((await filing.read()).dossier.status).to.equal('delivered');
  });

  it('waits for a silent urban agency, and tells the governor', async () => {
    const filing = await office.file(TETOUAN);
    await filing.checkedComplete();
    await filing.opinions(FAVOURABLE, { silent: ['urbanAgency'] });
    await office.move({ days: 5 });
    const governor = office.people.governor('01.571');
    await filing.complete(governor, 'PromptUrbanAgency', { message: 'Merci de répondre.' });
    expect((await filing.read()).dossier.status).to.equal('underStudy');
    const told = await governor.get<{ items: { dossier: string }[] }>('/notifications?unread=true');
    expect(told.items.map((one) => one.dossier)).to.include(filing.id);
    await filing.complete(office.people.member('agency-tetouan'), 'ReviewByUrbanAgency', FAVOURABLE);
    await filing.minutes('Avis tardif de l’agence.', 'deliver');
    await filing.decide('deliver');
    await filing.release(`Q-${filing.number}`, await today());
    expect((await filing.read()).dossier.status).to.equal('delivered');
  });

  it('is closed without follow-up when a complement is not answered in thirty days', async () => {
    const filing = await office.file(TETOUAN);
    const missing = [{ piece: 'seismicCertificate', reason: 'Non jointe.', article: 'RGC 33' }];
    await filing.complete(registry(filing), 'CheckCompleteness', { complete: false, missing });
    await office.move({ days: 32 });
    expect((await filing.read()).dossier.status).to.equal('closedWithoutFollowUp');
  });

  it('is released only for the tax that was computed, and a receipt counts once', async () => {
    const filing = await office.file(TETOUAN);
    await studied(filing);
    await filing.decide('deliver');
    const treasurer = office.people.treasurer(TETOUAN);
    const amount = (await filing.read()).dossier.tax?.amount ?? 0;
    expect(amount).to.be.greaterThan(0);
    const pay = async (receipt: string, sum: number) =>
      filing.refused(treasurer, 'RecordPayment', { receipt, amount: sum, paidAt: await today() });
    expect(await pay('R-1', amount - 1)).to.equal('PAYMENT_AMOUNT_DIFFERS');
    const { items } = await treasurer.get<{
      items: { id: string; tax: { payment: { receipt: string } } | null }[];
    }>('/dossiers?status=delivered&limit=5');
    const { dossier } = await treasurer.get<{ dossier: { tax: { payment: { receipt: string } } } }>(
      `/dossiers/${items[0]?.id}`,
    );
    expect(await pay(dossier.tax.payment.receipt, amount)).to.equal('RECEIPT_ALREADY_USED');
  });

  it('is a secret to other applicants, and to officials elsewhere', async () => {
    const filing = await office.file(TETOUAN);
    const stranger = await office.stranger(`stranger-${Date.now()}@shubbak.invalid`);
    for (const path of ['', '/timeline', '/documents', '/receipt', '/opinions', '/decisions', '/events']) {
      expect((await refusal(stranger.get(`/dossiers/${filing.id}${path}`))).status, path).to.equal(404);
      const elsewhere = office.people.president('01.331.01.03');
      expect((await refusal(elsewhere.get(`/dossiers/${filing.id}${path}`))).status, path).to.equal(404);
    }
    const { id } = await filing.task(registry(filing), 'CheckCompleteness');
    expect((await refusal(stranger.post(`/tasks/${id}/completion`, { complete: true }))).status).to.equal(
      404,
    );
    expect((await refusal(filing.owner.post(`/tasks/${id}/completion`, { complete: true }))).status).to.equal(
      404,
    );
  });

  it('ties a remark to a page that the document has', async () => {
    const filing = await office.file(TETOUAN);
    await filing.checkedComplete();
    const agency = office.people.member('agency-tetouan');
    const remark = (await remarkOfAgency(filing, false)) as { page: number };
    const payload = { value: 'unfavourable', remarks: [{ ...remark, page: 99 }] };
    expect(await filing.refused(agency, 'ReviewByUrbanAgency', payload)).to.equal('REMARK_TARGET_UNKNOWN');
  });

  it('shows opinions to the applicant only after the minutes', async () => {
    const filing = await office.file(TETOUAN);
    await filing.checkedComplete();
    await filing.opinions(FAVOURABLE);
    const opinions = async (by = filing.owner) =>
      (await by.get<{ items: unknown[] }>(`/dossiers/${filing.id}/opinions`)).items.length;
    expect(await opinions()).to.equal(0);
    expect(await opinions(registry(filing))).to.equal(3);
    await filing.minutes('Avis favorables.', 'deliver');
    expect(await opinions()).to.equal(3);
  });

  it('counts every step from the events, for analysts', async () => {
    const measures = await office.people.operator.get<{ items: { count: number }[] }>(
      '/analytics/steps?procedure=building-permit-small',
    );
    expect(measures.items.length).to.be.greaterThan(10);
    expect((await refusal(office.people.applicant.get('/analytics/steps'))).status).to.equal(403);
  });

  it('leaves a log without gaps whose chain holds', async () => {
    let seen = 0;
    for await (const fault of [await office.node.store.verifyChain()]) {
      expect(fault).to.not.equal(undefined);
      seen++;
    }
    expect(seen).to.equal(1);
  });

  it('is sent back to the secretariat with a reason, and decided once the minutes are drawn up again', async () => {
    // given
    const filing = await office.file(TETOUAN);
    await studied(filing);

    // when nothing is said, then when the reason is
    const unsaid = await refusal(
      filing.complete(president(filing), 'Decide', { choice: 'sendBack', conditions: [] }),
    );
    expect(unsaid.code).to.equal('INVALID_INPUT');
    await filing.complete(president(filing), 'Decide', {
      choice: 'sendBack',
      conditions: [],
      reason: 'Reprendre la conclusion.',
    });

    // then nothing is decided, and the same opinions make new minutes
    const sent = await filing.read(president(filing));
    expect((sent as unknown as { dossier: { decision: unknown } }).dossier.decision).to.equal(null);
    await filing.minutes('Conclusion reprise.', 'deliver');
    await filing.decide('deliver');
    const told: string[] = [];
    for (let after = 0; ; ) {
      const { items } = await president(filing).get<{ items: { seq: number; type: string }[] }>(
        `/dossiers/${filing.id}/events?limit=100&after=${after}`,
      );
      if (items.length === 0) break;
      told.push(...items.map(({ type }) => type));
      after = items.at(-1)?.seq ?? after;
    }
    expect(told.filter((type) => type === 'MinutesDrawnUp')).to.have.length(2);
    expect(told.indexOf('DossierSentBack')).to.be.greaterThan(0).and.lessThan(told.indexOf('DecisionMade'));
  });

  it('asks a browser for the password again before an opinion is signed; the zone of a remark is in what is signed', async () => {
    // given a member at a browser
    const filing = await office.file(TETOUAN);
    await filing.checkedComplete();
    const member = office.people.member('agency-tetouan');
    const task = await filing.task(member, 'ReviewByUrbanAgency');
    const ask = (path: string, headers: Record<string, string>, body: unknown) =>
      fetch(`${office.base}/api/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const signedIn = await ask('/sessions', {}, { email: member.email, password: PASSWORD, keep: 'cookie' });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const renewed = await ask('/sessions/refresh', { cookie }, {});
    const { accessToken } = (await renewed.json()) as { accessToken: string };
    const headers = { authorization: `Bearer ${accessToken}`, 'idempotency-key': 'opinion-at-a-browser' };
    const remark = (await filing.remark(member, 'architecturalPlan', 'RGC 38', 'À revoir.', true)) as object;
    const opinion = {
      value: 'favourableWithReserves',
      remarks: [{ ...remark, zone: { kind: 'area', x: 0.1, y: 0.2, width: 0.3, height: 0.1 } }],
    };

    // when nothing was confirmed, and then when the password was given
    const bare = await ask(`/tasks/${task.id}/completion`, headers, opinion);
    const given = await ask('/sessions/confirmation', headers, { password: PASSWORD });
    const { confirmation } = (await given.json()) as { confirmation: string };
    const done = await ask(
      `/tasks/${task.id}/completion`,
      { ...headers, 'signature-confirmation': confirmation },
      opinion,
    );

    // then
    expect(bare.status).to.equal(403);
    expect(((await bare.json()) as { code: string }).code).to.equal('CONFIRMATION_REQUIRED');
    expect(done.status).to.equal(200);
    const { items } = await member.get<{ items: { payload: string; remarks: { zone: object }[] }[] }>(
      `/dossiers/${filing.id}/opinions`,
    );
    expect(items[0]?.remarks[0]?.zone).to.deep.equal(opinion.remarks[0]?.zone);
    expect(JSON.parse(items[0]?.payload ?? '{}').remarks[0].zone.kind).to.equal('area');
  });

  it('shows an act as it will be signed, marked as a draft, and keeps nothing of it', async () => {
    // given
    const filing = await office.file(TETOUAN);
    await studied(filing);
    await filing.decide('refuse');
    const task = await filing.task(president(filing), 'SignRefusal');

    // when
    const preview = await president(filing).post<string>(`/tasks/${task.id}/preview`, {
      reasons: [{ article: 'loi 12-90, art. 43', text: 'Hauteur dépassée.' }],
    });

    const queueOf = (person: typeof office.people.applicant) =>
      person.get<{
        items: { task: { id: string; name: { fr: string } }; act: string; verdicts: { value: string }[] }[];
      }>('/signing-queue?limit=100');
    const queue = await queueOf(president(filing));

    // then
    expect(preview.slice(0, 5)).to.equal('%PDF-');
    const row = queue.items.find((one) => one.task.id === task.id);
    expect(row?.act).to.equal('refusal');
    expect(row?.task.name.fr).to.be.a('string');
    expect(row?.verdicts.map(({ value }) => value)).to.deep.equal(['favourable', 'favourable', 'favourable']);
    expect((await queueOf(registry(filing))).items).to.deep.equal([]);
    expect(await filing.read().then(({ dossier }) => dossier.status)).to.equal('underStudy');
    const { items } = await president(filing).get<{ items: unknown[] }>(`/dossiers/${filing.id}/decisions`);
    expect(items).to.deep.equal([]);
  });
});

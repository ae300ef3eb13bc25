import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Filing } from '../../scripts/demo/filing.ts';
import {
  bytesOf,
  COMPLETE,
  DRAFT,
  FAVOURABLE,
  HOUSE,
  hostileClient,
  PASSWORD,
  type Reply,
  TETOUAN,
} from '../support/hostileClient.ts';
import { type Office, openOffice } from '../support/office.ts';

describe('a client who bends the rules', function () {
  this.timeout(240_000);
  let office: Office;
  let client: ReturnType<typeof hostileClient>;
  let pdf: Buffer;
  before(async () => {
    office = await openOffice();
    client = hostileClient(office);
    pdf = await bytesOf(await office.draft(TETOUAN, HOUSE, { sign: false }), 'architecturalPlan');
  });
  after(() => office.close());

  const owner = () => office.people.applicant;
  const registry = () => office.people.registry(TETOUAN);
  const president = () => office.people.president(TETOUAN);
  const treasurer = () => office.people.treasurer(TETOUAN);
  const agency = () => office.people.member('agency-tetouan');
  const administrator = () => office.people.administrator;
  async function decided(
    choice = 'deliver',
    opinion?: (filing: Filing) => Promise<unknown>,
  ): Promise<Filing> {
    const filing = await office.file(TETOUAN);
    await filing.checkedComplete();
    await filing.opinions(opinion === undefined ? FAVOURABLE : await opinion(filing));
    await filing.minutes('Avis recueillis.', choice);
    await filing.decide(choice);
    return filing;
  }
  async function accountOf(email: string): Promise<{ id: string; grants: unknown[] }> {
    const { body } = await client.as(administrator(), 'GET', '/admin/accounts?limit=100');
    const found = (body.items as { id: string; email: string; grants: unknown[] }[]).find(
      (one) => one.email === email,
    );
    if (found === undefined) throw new Error(`no account ${email}`);
    return found;
  }
  async function changeAccount(email: string, body: object): Promise<Reply> {
    const { id } = await accountOf(email);
    const { headers } = await client.as(administrator(), 'GET', `/admin/accounts/${id}`);
    const match = { 'if-match': headers.get('etag') ?? '' };
    return client.as(administrator(), 'PATCH', `/admin/accounts/${id}`, { body, headers: match });
  }
  const pay = async (filing: Filing, more: object) => {
    const amount = (await filing.read()).dossier.tax?.amount ?? 0;
    const { id } = await filing.task(treasurer(), 'RecordPayment');
    return client.complete(treasurer(), id, { receipt: 'F-1', amount, paidAt: '2026-01-05', ...more });
  };

  it('1. learns no opinion from the events before the minutes', async () => {
    const filing = await office.file(TETOUAN);
    await filing.checkedComplete();
    const province = office.people.member('province-01-571');
    const remark = await filing.remark(province, 'architecturalPlan', 'RGC 37', 'Recul.', false);
    await filing.complete(province, 'ReviewByMember', { value: 'unfavourable', remarks: [remark] });
    const events = await client.as(owner(), 'GET', `/dossiers/${filing.id}/events?limit=100`);
    expect(JSON.stringify(events.body)).to.not.include('unfavourable');
  });

  it('2. does not hold a task for ever once its account is closed', async () => {
    const filing = await office.file(TETOUAN);
    await filing.checkedComplete();
    const { id } = await filing.task(agency(), 'ReviewByUrbanAgency');
    await client.as(agency(), 'POST', `/tasks/${id}/claim`);
    const { grants } = await accountOf(agency().email);
    const email = 'deputy.agency@shubbak.invalid';
    const opened = await client.as(administrator(), 'POST', '/admin/accounts', {
      body: { kind: 'person', email, name: 'Suppléant (essai)', language: 'fr', grants },
    });
    await client.ask('POST', '/accounts/activation', {
      body: { secret: opened.body.secret, password: PASSWORD },
    });
    await changeAccount(agency().email, { active: false });
    try {
      const reply = await client.complete(email, id, FAVOURABLE);
      expect(`${reply.status} ${reply.code ?? ''}`).to.equal('200 ');
    } finally {
      await changeAccount(agency().email, { active: true });
    }
  });

  it('3. replaces, when lifting reserves, no piece that bears no reserve', async () => {
    const filing = await decided('liftReserves', async (one) => ({
      value: 'favourableWithReserves',
      remarks: [await one.remark(agency(), 'architecturalPlan', 'RGC 38', 'À revoir.', true)],
    }));
    const other = await bytesOf(await office.file(TETOUAN), 'architecturalPlan');
    for (const piece of ['boundaryPlan', 'ownershipProof']) {
      expect((await client.upload(owner(), filing.id, piece, other)).code, piece).to.equal(
        'DOCUMENTS_NOT_EXPECTED',
      );
    }
  });

  it('4. files no plans under the name of an architect who did not sign them', async () => {
    const filing = await office.draft(TETOUAN, HOUSE);
    const architectEmail = 'unsigned.architect@shubbak.invalid';
    await client.ask('POST', '/accounts', {
      body: {
        kind: 'person',
        role: 'architect',
        email: architectEmail,
        password: PASSWORD,
        name: 'Autre architecte (essai)',
        orderNumber: 'ESSAI-3',
        language: 'fr',
      },
    });
    const { headers } = await client.as(owner(), 'GET', `/dossiers/${filing.id}`);
    await client.as(owner(), 'PUT', `/dossiers/${filing.id}/application`, {
      body: { architectEmail },
      headers: { 'if-match': headers.get('etag') ?? '' },
    });
    const reply = await client.as(owner(), 'POST', `/dossiers/${filing.id}/submission`);
    expect(reply.code).to.equal('ARCHITECT_SIGNATURE_MISSING');
  });

  it('5. begins no dossier in the name of another applicant', async () => {
    const reply = await client.as(owner(), 'POST', '/dossiers', {
      body: { ...DRAFT, applicantEmail: office.people.company.email },
    });
    expect(reply.status).to.be.within(400, 499);
  });

  it('6. decides nothing about its own dossier, whatever offices it holds', async () => {
    const { grants } = await accountOf(owner().email);
    const office2 = ['registryOfficer', 'president'].map((role) => ({
      role,
      territory: TETOUAN,
      body: null,
    }));
    await changeAccount(owner().email, { grants: [...grants, ...office2] });
    try {
      const filing = await office.file(TETOUAN);
      const { id } = await filing.task(registry(), 'CheckCompleteness');
      expect((await client.complete(owner(), id, COMPLETE)).status).to.be.within(403, 404);
    } finally {
      await changeAccount(owner().email, { grants });
    }
  });

  it('7. signs acts under no other name than the administrator gave', async () => {
    const { body } = await client.as(president(), 'GET', '/me');
    const reply = await client.as(president(), 'PATCH', '/me', { body: { name: 'Quelqu’un d’autre' } });
    await client.as(president(), 'PATCH', '/me', { body: { name: body.name } });
    expect(reply.status).to.be.within(400, 499);
  });

  it('8. pays twice with no receipt written otherwise', async () => {
    await pay(await decided(), { receipt: 'AB-77' });
    const again = await decided();
    for (const receipt of ['ab-77', ' AB-77', 'AB-77 ', 'ＡB-77', 'AB\u201177', 'AB-77\u200b']) {
      const { code } = await pay(again, { receipt });
      expect(['RECEIPT_ALREADY_USED', 'INVALID_INPUT'], JSON.stringify(receipt)).to.include(code);
    }
  });

  it('9. pays on no day to come', async () => {
    expect((await pay(await decided(), { receipt: 'F-9', paidAt: '9999-12-31' })).status).to.equal(422);
  });

  it('10. asks for no occasional member whom no body can send', async () => {
    for (const kind of ['railways', 'oneStopShop', 'provincialCommittee']) {
      const filing = await office.file(TETOUAN);
      const { id } = await filing.task(registry(), 'CheckCompleteness');
      const reply = await client.complete(registry(), id, { ...COMPLETE, occasionalMembers: [kind] });
      expect(reply.status, kind).to.be.within(400, 499);
    }
  });

  it('11. files nothing in a commune whose offices are not here', async () => {
    const from = await office.draft(TETOUAN, HOUSE);
    const draft = await client.as(owner(), 'POST', '/dossiers', {
      body: { ...DRAFT, commune: '01.571.01.07', architectEmail: office.people.architect.email },
    });
    const { items } = await from.owner.get<{ items: { piece: string }[] }>(`/dossiers/${from.id}/documents`);
    for (const { piece } of items) {
      await client.upload(owner(), String(draft.body.id), piece, await bytesOf(from, piece));
    }
    await client.as(office.people.architect, 'POST', `/dossiers/${draft.body.id}/architect-signature`);
    const reply = await client.as(owner(), 'POST', `/dossiers/${draft.body.id}/submission`);
    expect(reply.status).to.be.within(400, 499);
  });

  it('12. causes no fault with a number beyond all numbers', async () => {
    const raw = JSON.stringify(DRAFT).replace('"basements":0', '"basements":1e999');
    expect((await client.as(owner(), 'POST', '/dossiers', { raw })).status).to.be.within(400, 499);
  });

  it('13. causes no fault with a body that is not the archive it says', async () => {
    const headers = { 'content-encoding': 'gzip' };
    const reply = await client.as(owner(), 'POST', '/dossiers', { raw: 'not gzip', headers });
    expect(reply.status).to.be.within(400, 499);
  });

  it('14. takes no name that reads backwards or cannot be seen', async () => {
    for (const name of ['Ali \u202egnp.exe', '\u200b\u200b']) {
      const account = { kind: 'person', role: 'applicant', password: PASSWORD, language: 'fr' };
      const email = `${randomUUID()}@shubbak.invalid`;
      const reply = await client.ask('POST', '/accounts', { body: { ...account, email, name } });
      expect(reply.code).to.equal('INVALID_INPUT');
    }
  });

  it('15. answers a complement with no piece that was there before it was asked for', async () => {
    const filing = await office.file(TETOUAN);
    const missing = [{ piece: 'ownershipProof', reason: 'Illisible.', article: 'RGC 33' }];
    await filing.complete(registry(), 'CheckCompleteness', { complete: false, missing });
    const { id } = await filing.task(owner(), 'AnswerComplement');
    expect((await client.complete(owner(), id, {})).code).to.equal('REQUESTED_PIECE_MISSING');
  });

  it('16. passes no old plan for the plan of a modified project', async () => {
    const filing = await decided('modify', async (one) => ({
      value: 'unfavourable',
      remarks: [await one.remark(agency(), 'architecturalPlan', 'RGC 37', 'À revoir.', false)],
    }));
    const reasons = [{ article: 'RGC 37', text: 'Revoir le recul.' }];
    await filing.complete(president(), 'SignModificationLetter', { reasons });
    await client.upload(owner(), filing.id, 'architecturalPlan', await bytesOf(filing, 'architecturalPlan'));
    await client.as(office.people.architect, 'POST', `/dossiers/${filing.id}/architect-signature`);
    const { id } = await filing.task(owner(), 'SubmitModifiedProject');
    expect((await client.complete(owner(), id, { message: 'Voilà.' })).code).to.equal('NEW_PLANS_MISSING');
  });

  it('17. moves the clock to no day that the calendars do not know', async () => {
    const to = '2100-01-01T00:00:00Z';
    const reply = await client.as(office.people.operator, 'PUT', '/clock', { body: { to } });
    expect(reply.status).to.equal(422);
    expect(pdf.length).to.be.greaterThan(0);
  });
});

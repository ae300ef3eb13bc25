import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import type { Person } from '../../scripts/demo/client.ts';
import type { Filing } from '../../scripts/demo/filing.ts';
import {
  bytesOf,
  COMPLETE,
  codes,
  DRAFT,
  FAVOURABLE,
  formOf,
  HOUSE,
  hostileClient,
  itemsOf,
  LARACHE,
  PASSWORD,
  type Reply,
  TETOUAN,
} from '../support/hostileClient.ts';
import { type Office, openOffice } from '../support/office.ts';

describe('a hostile client', function () {
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
  const agency = () => office.people.member('agency-tetouan');
  const newDraft = async (): Promise<string> =>
    String((await client.as(owner(), 'POST', '/dossiers', { body: DRAFT })).body.id);
  async function decided(): Promise<Filing> {
    const filing = await office.file(TETOUAN);
    await filing.checkedComplete();
    await filing.opinions(FAVOURABLE);
    await filing.minutes('Avis favorables.', 'deliver');
    await filing.decide('deliver');
    return filing;
  }

  describe('who repeats requests', () => {
    it('makes one draft with one key, sent four times at once', async () => {
      // One sign-in first: attempts made side by side are counted against guessing.
      await client.as(owner(), 'GET', '/me');
      const key = randomUUID();
      const replies = await Promise.all(
        [1, 2, 3, 4].map(() => client.as(owner(), 'POST', '/dossiers', { body: DRAFT, key })),
      );
      expect(replies.map(({ status }) => status)).to.deep.equal([201, 201, 201, 201]);
      expect(new Set(replies.map(({ body }) => body.id)).size).to.equal(1);
    });

    it('is refused another content under a used key', async () => {
      const key = randomUUID();
      await client.as(owner(), 'POST', '/dossiers', { body: DRAFT, key });
      const other = { body: { ...DRAFT, commune: LARACHE }, key };
      expect((await client.as(owner(), 'POST', '/dossiers', other)).code).to.equal('IDEMPOTENCY_KEY_REUSED');
    });

    it('shares no key with another person, nor between two addresses', async () => {
      const key = randomUUID();
      const first = await client.as(owner(), 'POST', '/dossiers', { body: DRAFT, key });
      const second = await client.as(office.people.company, 'POST', '/dossiers', { body: DRAFT, key });
      expect(second.status).to.equal(201);
      expect(second.body.id).to.not.equal(first.body.id);
      const elsewhere = await client.as(owner(), 'POST', `/dossiers/${first.body.id}/submission`, { key });
      expect(elsewhere.headers.get('idempotency-replayed')).to.equal(null);
    });

    it('adds one document with one key, sent five times at once', async () => {
      const id = await newDraft();
      const key = randomUUID();
      const replies = await Promise.all(
        [1, 2, 3, 4, 5].map(() => client.upload(owner(), id, 'identityDocument', pdf, { key })),
      );
      expect(new Set(replies.map(({ body }) => body.id)).size).to.equal(1);
      const all = await client.as(owner(), 'GET', `/dossiers/${id}/documents?all=true`);
      expect(itemsOf(all)).to.have.length(1);
      const other = await client.upload(owner(), id, 'identityDocument', pdf, { key, name: 'other.pdf' });
      expect(other.code).to.equal('IDEMPOTENCY_KEY_REUSED');
    });

    it('numbers five uploads of one piece at once one to five, the last alone current', async () => {
      const id = await newDraft();
      const replies = await Promise.all(
        [1, 2, 3, 4, 5].map(() => client.upload(owner(), id, 'boundaryPlan', pdf)),
      );
      expect(replies.map(({ body }) => body.version).sort()).to.deep.equal([1, 2, 3, 4, 5]);
      const current = await client.as(owner(), 'GET', `/dossiers/${id}/documents`);
      expect(itemsOf(current).map(({ version }) => version)).to.deep.equal([5]);
    });

    it('keeps nothing of an upload that breaks off, and may send it again under its key', async () => {
      const id = await newDraft();
      const key = randomUUID();
      await breakOff(id, key);
      expect(itemsOf(await client.as(owner(), 'GET', `/dossiers/${id}/documents`))).to.deep.equal([]);
      expect((await client.upload(owner(), id, 'ownershipProof', pdf, { key })).status).to.equal(201);
    });

    it('files once when three submissions arrive at once', async () => {
      const { id } = await office.draft(TETOUAN, HOUSE);
      const replies = await Promise.all(
        [1, 2, 3].map(() => client.as(owner(), 'POST', `/dossiers/${id}/submission`)),
      );
      expect(codes(replies)).to.deep.equal(['200', 'DOSSIER_NOT_DRAFT', 'DOSSIER_NOT_DRAFT']);
    });

    it('completes a task once, whatever the keys and the answers given at once', async () => {
      const filing = await office.file(TETOUAN);
      const { id } = await filing.task(registry(), 'CheckCompleteness');
      const key = randomUUID();
      const missing = [{ piece: 'ownershipProof', reason: 'Illisible.', article: 'RGC 33' }];
      const replies = await Promise.all([
        client.complete(registry(), id, COMPLETE, key),
        client.complete(registry(), id, COMPLETE, key),
        client.complete(registry(), id, { complete: false, missing }),
      ]);
      const done = replies.filter(({ status }) => status === 200);
      expect(codes(replies.filter((one) => !done.includes(one)))).to.include.members(
        done.length === 2 ? ['TASK_ALREADY_DONE'] : ['TASK_ALREADY_DONE', 'TASK_ALREADY_DONE'],
      );
      expect((await client.complete(registry(), id, COMPLETE)).code).to.equal('TASK_ALREADY_DONE');
      const claim = await client.as(registry(), 'POST', `/tasks/${id}/claim`);
      expect(claim.code).to.equal('TASK_ALREADY_DONE');
    });

    it('gets one licence signed, though the slow signature is asked for three times meanwhile', async () => {
      const filing = await decided();
      const { dossier } = await filing.read();
      const payment = { receipt: `Q-${filing.number}`, amount: dossier.tax?.amount, paidAt: '2026-01-05' };
      await filing.complete(office.people.treasurer(TETOUAN), 'RecordPayment', payment);
      const { id } = await filing.task(president(), 'SignLicence');
      const key = randomUUID();
      const replies = await Promise.all([
        client.complete(president(), id, { confirm: true }, key),
        client.complete(president(), id, { confirm: true }, key),
        client.complete(president(), id, { confirm: true }),
      ]);
      for (const { status, code } of replies) expect([200, 409], code).to.include(status);
      const decisions = await client.as(owner(), 'GET', `/dossiers/${filing.id}/decisions`);
      expect(itemsOf(decisions).map(({ kind }) => kind)).to.deep.equal(['licence']);
    });

    it('gives a claimed task to one of two officials, and its completion to the holder alone', async () => {
      const grants = [{ role: 'registryOfficer', territory: TETOUAN, body: null }];
      const second = 'second.registry@shubbak.invalid';
      const opened = await client.as(office.people.administrator, 'POST', '/admin/accounts', {
        body: { kind: 'person', email: second, name: 'Second', language: 'fr', grants },
      });
      await client.ask('POST', '/accounts/activation', {
        body: { secret: opened.body.secret, password: PASSWORD },
      });
      const filing = await office.file(TETOUAN);
      const { id } = await filing.task(registry(), 'CheckCompleteness');
      const claims = await Promise.all(
        [registry(), second].map((one) => client.as(one, 'POST', `/tasks/${id}/claim`)),
      );
      expect(codes(claims)).to.deep.equal(['200', 'TASK_TAKEN']);
      const ends = await Promise.all([registry(), second].map((one) => client.complete(one, id, COMPLETE)));
      expect(codes(ends)).to.deep.equal(['200', 'TASK_TAKEN']);
    });

    it('answers in time or too late, never both, when the delay ends at that moment', async () => {
      const filing = await office.file(TETOUAN);
      const missing = [{ piece: 'seismicCertificate', reason: 'Non jointe.', article: 'RGC 33' }];
      await filing.complete(registry(), 'CheckCompleteness', { complete: false, missing });
      await office.move({ minutes: 5 });
      await client.upload(owner(), filing.id, 'seismicCertificate', pdf);
      const { id } = await filing.task(owner(), 'AnswerComplement');
      const [answer] = await Promise.all([client.complete(owner(), id, {}), office.move({ days: 32 })]);
      const { status } = (await filing.read()).dossier;
      expect(status).to.equal(answer.status === 200 ? 'underStudy' : 'closedWithoutFollowUp');
    });

    /** An upload whose connection ends in the middle of the file. */
    async function breakOff(dossier: string, key: string): Promise<void> {
      const token = await client.tokenOf(owner());
      const part = (head: string, text: string) =>
        `--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${text}`;
      await new Promise<void>((resolve, reject) => {
        const socket = connect(Number(new URL(office.base).port), '127.0.0.1', () => {
          socket.write(
            [
              `POST /api/v1/dossiers/${dossier}/documents HTTP/1.1`,
              'host: shubbak.invalid',
              `authorization: Bearer ${token}`,
              `idempotency-key: ${key}`,
              'content-type: multipart/form-data; boundary=b',
              'content-length: 100000',
              '',
              `${part('name="piece"', 'ownershipProof\r\n')}${part('name="file"; filename="a.pdf"', '%PDF-1.7\n')}`,
            ].join('\r\n'),
            () => setTimeout(() => socket.destroy(), 100),
          );
        });
        socket.once('error', reject).once('close', () => resolve());
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });

  describe('who looks where it may not', () => {
    it('learns nothing of a draft, not even as president of the commune', async () => {
      const id = await newDraft();
      for (const person of [president(), registry(), office.people.company]) {
        const version = { body: { application: {} }, headers: { 'if-match': '"1"' } };
        const replies = [
          await client.as(person, 'GET', `/dossiers/${id}`),
          await client.as(person, 'PUT', `/dossiers/${id}/application`, version),
          await client.as(person, 'POST', `/dossiers/${id}/submission`),
          await client.as(person, 'POST', `/dossiers/${id}/architect-signature`),
          await client.upload(person, id, 'ownershipProof', pdf),
        ];
        expect(new Set(codes(replies))).to.deep.equal(new Set(['DOSSIER_NOT_FOUND']));
      }
    });

    it('cannot sign plans as the architect of another dossier, nor as the owner', async () => {
      const { id } = await office.draft(TETOUAN, HOUSE, { sign: false });
      const sign = (person: Person | string) =>
        client.as(person, 'POST', `/dossiers/${id}/architect-signature`);
      await client.ask('POST', '/accounts', {
        body: {
          kind: 'person',
          role: 'architect',
          email: 'other.architect@shubbak.invalid',
          password: PASSWORD,
          name: 'Autre architecte (essai)',
          orderNumber: 'ESSAI-2',
          language: 'fr',
        },
      });
      expect((await sign('other.architect@shubbak.invalid')).code).to.equal('DOSSIER_NOT_FOUND');
      expect((await sign(owner())).code).to.equal('FORBIDDEN');
    });

    it('finds neither the tasks nor the files of another place', async () => {
      const filing = await decided();
      const { id: task } = await filing.task(office.people.treasurer(TETOUAN), 'RecordPayment');
      const { items } = await filing.owner.get<{ items: { id: string }[] }>(
        `/dossiers/${filing.id}/documents`,
      );
      const strangers = [
        office.people.treasurer(LARACHE),
        office.people.member('agency-tanger'),
        office.people.company,
      ];
      for (const person of strangers) {
        expect((await client.as(person, 'GET', `/tasks/${task}`)).code).to.equal('TASK_NOT_FOUND');
        const file = await client.as(person, 'GET', `/documents/${items[0]?.id}/content`);
        expect(file.code).to.equal('DOCUMENT_NOT_FOUND');
        expect((await client.as(person, 'GET', `/dossiers/${filing.id}/events`)).code).to.equal(
          'DOSSIER_NOT_FOUND',
        );
      }
    });

    it('cannot speak for another body, nor about a document of another dossier', async () => {
      const other = await office.file(TETOUAN);
      const filing = await office.file(TETOUAN);
      await filing.checkedComplete();
      const { id } = await filing.task(agency(), 'ReviewByUrbanAgency');
      for (const body of ['province-01-571', 'agency-tanger']) {
        const reply = await client.complete(office.people.member(body), id, FAVOURABLE);
        expect(reply.code, body).to.equal('TASK_NOT_FOUND');
      }
      const remark = await other.remark(owner(), 'architecturalPlan', 'RGC 37', 'Ailleurs.', false);
      const reply = await client.complete(agency(), id, { value: 'unfavourable', remarks: [remark] });
      expect(reply.code).to.equal('REMARK_TARGET_UNKNOWN');
    });

    it('cannot read or mark the messages of another', async () => {
      await office.file(TETOUAN);
      const [message] = itemsOf(await client.as(owner(), 'GET', '/notifications?limit=1'));
      const reply = await client.as(office.people.company, 'PUT', `/notifications/${message?.id}/read`);
      expect(reply.code).to.equal('NOTIFICATION_NOT_FOUND');
    });

    it('cannot take a role when signing up', async () => {
      const account = {
        kind: 'person',
        email: 'h@shubbak.invalid',
        password: PASSWORD,
        name: 'H',
        language: 'fr',
      };
      const grants = [{ role: 'president', territory: '*', body: null }];
      for (const body of [
        { ...account, role: 'president' },
        { ...account, role: 'applicant', grants },
      ]) {
        expect((await client.ask('POST', '/accounts', { body })).code).to.equal('INVALID_INPUT');
      }
    });

    it('cannot operate: clock, incidents, bodies and accounts are for those who hold them', async () => {
      for (const [method, path, body] of [
        ['PUT', '/clock', { to: '2027-01-01T00:00:00Z' }],
        ['GET', '/incidents', undefined],
        ['GET', '/admin/accounts', undefined],
        ['POST', '/bodies', { id: 'x', kind: 'other', name: { ar: 'س', fr: 'X' }, territories: [TETOUAN] }],
      ] as const) {
        expect((await client.as(owner(), method, path, { body })).code, path).to.equal('FORBIDDEN');
      }
    });
  });

  describe('who forges tokens', () => {
    it('is a stranger with alg none, another key, or no name of a key', async () => {
      const token = await client.tokenOf(owner());
      const { header, payload } = jwt.decode(token, { complete: true }) ?? { header: {}, payload: {} };
      const none = Buffer.from(JSON.stringify({ ...header, alg: 'none' })).toString('base64url');
      const sign = (keyid: string) => jwt.sign(payload as object, 'x'.repeat(32), { keyid });
      const kid = String((header as { kid?: string }).kid);
      for (const forged of [`${none}.${token.split('.')[1]}.`, sign(kid), sign('__proto__'), 'a.b.c']) {
        expect((await client.ask('GET', '/me', { token: forged })).status).to.equal(401);
      }
      expect((await client.ask('GET', `/me?access_token=${token}`)).status).to.equal(401);
    });

    it('ends the whole sign-in when a refresh token is used twice', async () => {
      const refresh = (refreshToken: unknown) =>
        client.ask('POST', '/sessions/refresh', { body: { refreshToken } });
      const first = await client.ask('POST', '/sessions', {
        body: { email: owner().email, password: PASSWORD },
      });
      const second = await refresh(first.body.refreshToken);
      expect((await refresh(first.body.refreshToken)).code).to.equal('REFRESH_TOKEN_REUSED');
      expect((await refresh(second.body.refreshToken)).code).to.equal('INVALID_REFRESH_TOKEN');
    });

    it('waits longer and longer after five wrong passwords', async () => {
      const attempts: Reply[] = [];
      for (let attempt = 0; attempt < 7; attempt++) {
        const body = { email: 'nobody@shubbak.invalid', password: `wrong-${attempt}` };
        attempts.push(await client.ask('POST', '/sessions', { body }));
      }
      expect(attempts.at(-1)?.code).to.equal('TOO_MANY_ATTEMPTS');
    });
  });

  describe('who sends what no form sends', () => {
    it('is told what is wrong with its JSON', async () => {
      const send = async (raw: string) =>
        (await client.as(owner(), 'POST', '/dossiers', { raw })).body as { code: string; details?: unknown };
      expect(await send('{"__proto__":{"admin":true}}')).to.include({ code: 'MALFORMED_REQUEST' });
      expect(await send('['.repeat(100_000) + ']'.repeat(100_000))).to.include({ code: 'MALFORMED_REQUEST' });
      expect(await send(JSON.stringify({ ...DRAFT, commune: '01\u0000' }))).to.include({
        code: 'MALFORMED_REQUEST',
      });
      expect(await send(JSON.stringify({ ...DRAFT, application: { 'a.b': 1 } }))).to.include({
        code: 'INVALID_INPUT',
      });
      expect(await send(JSON.stringify({ ...DRAFT, application: { a: 'x'.repeat(1_100_000) } }))).to.include({
        code: 'PAYLOAD_TOO_LARGE',
      });
      expect(await send('null')).to.include({ code: 'INVALID_INPUT' });
    });

    it('is told what is wrong with its address', async () => {
      for (const [query, code] of [
        ['limit=100000', 'INVALID_INPUT'],
        ['limit=1&limit=2', 'INVALID_INPUT'],
        ['foo=1', 'INVALID_INPUT'],
        ['status[$ne]=draft', 'INVALID_INPUT'],
        ['number=.*', 'INVALID_INPUT'],
        ['cursor=eyJ2IjoxfQ', 'INVALID_CURSOR'],
      ]) {
        expect((await client.as(owner(), 'GET', `/dossiers?${query}`)).code, query).to.equal(code);
      }
      expect((await client.as(owner(), 'GET', '/dossiers/%00')).code).to.equal('MALFORMED_REQUEST');
      expect((await client.as(owner(), 'GET', '/dossiers/..%2f..%2fetc')).code).to.equal('INVALID_INPUT');
    });

    it('cannot carry a cursor from one list to another', async () => {
      await newDraft();
      await newDraft();
      const { body } = await client.as(owner(), 'GET', '/dossiers?limit=1');
      const cursor = encodeURIComponent(String(body.next));
      expect((await client.as(owner(), 'GET', `/tasks?cursor=${cursor}`)).code).to.equal('INVALID_CURSOR');
    });

    it('cannot write over what it has not seen, nor what is not a field of drafts', async () => {
      const id = await newDraft();
      const put = (match: string, more: object = {}) =>
        client.as(owner(), 'PUT', `/dossiers/${id}/application`, {
          body: { application: {}, ...more },
          headers: { 'if-match': match },
        });
      expect((await put('"99"')).code).to.equal('STALE_VERSION');
      expect((await put('*')).code).to.equal('INVALID_INPUT');
      expect((await put('"1"', { status: 'delivered' })).code).to.equal('INVALID_INPUT');
    });

    it('cannot pass a program, a page, a picture with scripts, an archive or half a plan for a plan', async () => {
      const id = await newDraft();
      const send = async (bytes: Uint8Array | string) =>
        (await client.upload(owner(), id, 'architecturalPlan', bytes)).code;
      expect(await send('')).to.equal('EMPTY_FILE');
      expect(await send(`MZ\x90\0${'x'.repeat(500)}`)).to.equal('UNSUPPORTED_FILE_TYPE');
      expect(await send('<html><script>1</script>')).to.equal('UNSUPPORTED_FILE_TYPE');
      expect(await send('<svg xmlns="http://www.w3.org/2000/svg"/>')).to.equal('UNSUPPORTED_FILE_TYPE');
      expect(await send(`PK\x03\x04${'x'.repeat(300)}`)).to.equal('UNSUPPORTED_FILE_TYPE');
      expect(await send(pdf.subarray(0, pdf.length / 2))).to.equal('UNREADABLE_FILE');
    });

    it('cannot name a file into a folder or backwards', async () => {
      const id = await newDraft();
      const name = async (given: string) =>
        await client.upload(owner(), id, 'ownershipProof', pdf, { name: given });
      expect((await name('../../etc/passwd')).body.fileName).to.equal('passwd');
      expect((await name('a\u202efdp.exe')).code).to.equal('INVALID_INPUT');
      expect((await name('..')).code).to.equal('INVALID_INPUT');
      expect((await name(`${'x'.repeat(300)}.pdf`)).code).to.equal('INVALID_INPUT');
    });

    it('cannot send two files, the file before its piece, or a body cut short', async () => {
      const id = await newDraft();
      const send = async (raw: FormData | string, headers: Record<string, string> = {}) =>
        (await client.as(owner(), 'POST', `/dossiers/${id}/documents`, { raw, headers })).code;
      const two = formOf('ownershipProof', pdf, 'a.pdf');
      two.append('file', new Blob([new Uint8Array(pdf)]), 'b.pdf');
      expect(await send(two)).to.equal('INVALID_INPUT');
      const late = new FormData();
      late.append('file', new Blob([new Uint8Array(pdf)]), 'a.pdf');
      late.append('piece', 'ownershipProof');
      expect(await send(late)).to.equal('INVALID_INPUT');
      const boundary = { 'content-type': 'multipart/form-data; boundary=b' };
      expect(await send('--b\r\ncontent-disposition: form-data; name="piece"\r\n\r\nx', boundary)).to.equal(
        'MALFORMED_REQUEST',
      );
    });

    it('cannot pay with a text, a fraction more, or on a day that is none', async () => {
      const filing = await decided();
      const amount = (await filing.read()).dossier.tax?.amount ?? 0;
      const treasurer = office.people.treasurer(TETOUAN);
      const { id } = await filing.task(treasurer, 'RecordPayment');
      const pay = async (more: object) =>
        (await client.complete(treasurer, id, { receipt: 'H-1', amount, paidAt: '2026-01-05', ...more }))
          .code;
      expect(await pay({ amount: String(amount) })).to.equal('INVALID_INPUT');
      expect(await pay({ amount: amount + 0.001 })).to.equal('PAYMENT_AMOUNT_DIFFERS');
      expect(await pay({ paidAt: '2026-02-30' })).to.equal('INVALID_INPUT');
    });
  });

  describe('who bends the procedure', () => {
    it('cannot add or sign plans once nobody asks for them', async () => {
      const filing = await decided();
      expect((await client.upload(owner(), filing.id, 'architecturalPlan', pdf)).code).to.equal(
        'DOCUMENTS_NOT_EXPECTED',
      );
      const sign = await client.as(
        office.people.architect,
        'POST',
        `/dossiers/${filing.id}/architect-signature`,
      );
      expect(sign.code).to.equal('DOCUMENTS_NOT_EXPECTED');
    });

    it('cannot file plans swapped after the architect’s signature', async () => {
      const filing = await office.draft(TETOUAN, HOUSE);
      const other = await bytesOf(await office.file(TETOUAN), 'architecturalPlan');
      await client.upload(owner(), filing.id, 'architecturalPlan', other);
      const reply = await client.as(owner(), 'POST', `/dossiers/${filing.id}/submission`);
      expect(reply.code).to.equal('ARCHITECT_SIGNATURE_MISSING');
    });

    it('takes one of two decisions made at once', async () => {
      const filing = await office.file(TETOUAN);
      await filing.checkedComplete();
      await filing.opinions(FAVOURABLE);
      await filing.minutes('Avis favorables.', 'deliver');
      const { id } = await filing.task(president(), 'Decide');
      const replies = await Promise.all(
        ['deliver', 'refuse'].map((choice) => client.complete(president(), id, { choice, conditions: [] })),
      );
      expect(codes(replies)).to.deep.equal(['200', 'TASK_ALREADY_DONE']);
    });

    it('counts a receipt once when two payments are recorded with it at once', async () => {
      const filings = [await decided(), await decided()];
      const treasurer = office.people.treasurer(TETOUAN);
      const paidAt = (await office.people.operator.get<{ now: string }>('/clock')).now.slice(0, 10);
      const replies = await Promise.all(
        filings.map(async (filing) => {
          const amount = (await filing.read()).dossier.tax?.amount ?? 0;
          const { id } = await filing.task(treasurer, 'RecordPayment');
          return client.complete(treasurer, id, { receipt: 'H-2', amount, paidAt });
        }),
      );
      expect(codes(replies)).to.deep.equal(['200', 'RECEIPT_ALREADY_USED']);
    });

    it('leaves a log whose chain holds after all this', async () => {
      const log = office.node.store.verifyChain();
      let events = 0;
      for await (const { seq, fault } of log) {
        expect(fault, `event ${seq}`).to.equal(null);
        events += 1;
      }
      expect(events).to.be.greaterThan(300);
    });
  });
});

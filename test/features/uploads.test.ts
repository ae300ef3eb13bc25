import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import pino from 'pino';
import { PASSWORD } from '../../scripts/demo/people.ts';
import { START } from '../../scripts/demo/run.ts';
import { readConfig } from '../../src/config.ts';
import { startShubbak } from '../../src/main.ts';
import { drawnPdf, scanPdf } from '../gateways/quality/paint.ts';
import { type Office, openOffice } from '../support/office.ts';

const COMMUNE = '01.151.01.01';
const A4 = { widthMm: 210, heightMm: 297 };

interface Upload {
  id: string;
  offset: number;
  size: number;
  document: string | null;
}
interface Filed {
  id: string;
  version: number;
  sha256: string;
  quality: { verdict: string; findings: { rule: string; page: number; measured: string; wanted: string }[] };
}

/** A browser of the applicant, as far as uploads go. */
class Sender {
  readonly base: string;
  readonly token: string;

  constructor(base: string, token: string) {
    this.base = base;
    this.token = token;
  }

  static async signIn(base: string, email: string, password = PASSWORD): Promise<Sender> {
    const answer = await fetch(`${base}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    return new Sender(base, ((await answer.json()) as { accessToken: string }).accessToken);
  }

  async ask<T>(method: string, path: string, body?: unknown, key: string = randomUUID()) {
    const answer = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        'idempotency-key': key,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: (text === '' ? null : JSON.parse(text)) as T,
    };
  }

  start = (dossier: string, bytes: Buffer, more: object = {}) =>
    this.ask<Upload & { code: string; errors: { field: string }[] }>('POST', `/dossiers/${dossier}/uploads`, {
      piece: 'ownershipProof',
      fileName: 'شهادة الملكية.pdf',
      size: bytes.length,
      fingerprint: createHash('sha256').update(bytes).digest('hex'),
      ...more,
    });

  patch(path: string, offset: number, bytes: Buffer) {
    return fetch(`${this.base}/api/v1${path}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/offset+octet-stream',
        'tus-resumable': '1.0.0',
        'upload-offset': String(offset),
      },
      body: new Uint8Array(bytes),
    });
  }

  /** Announces all, sends some, and hangs up. */
  hangUp(path: string, bytes: Buffer, sent: number): Promise<void> {
    const { hostname, port } = new URL(this.base);
    return new Promise((resolve) => {
      const sending = httpRequest({
        hostname,
        port,
        path: `/api/v1${path}`,
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${this.token}`,
          'content-type': 'application/offset+octet-stream',
          'content-length': bytes.length,
          'upload-offset': 0,
        },
      });
      sending.on('error', () => undefined);
      sending.on('close', () => resolve());
      sending.write(bytes.subarray(0, sent), () => setTimeout(() => sending.destroy(), 200));
    });
  }

  async head(path: string): Promise<number> {
    const answer = await fetch(`${this.base}/api/v1${path}`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${this.token}` },
    });
    return Number(answer.headers.get('upload-offset'));
  }

  documents = async (dossier: string): Promise<Filed[]> =>
    (await this.ask<{ items: Filed[] }>('GET', `/dossiers/${dossier}/documents?all=true`)).body.items;
}

describe('resumable uploads', () => {
  let office: Office;
  let sender: Sender;
  let dossier: string;

  before(async function () {
    this.timeout(600_000);
    office = await openOffice();
    sender = await Sender.signIn(office.base, office.people.applicant.email);
  });
  after(() => office.close());

  beforeEach(async () => {
    const draft = await office.people.applicant.post<{ id: string }>('/dossiers', {
      procedure: 'building-permit-small',
      commune: COMMUNE,
    });
    dossier = draft.id;
  });

  const pathOf = ({ id }: Upload): string => `/dossiers/${dossier}/uploads/${id}`;

  it('take a file in parts, and make one document of it however often that is asked', async () => {
    // given
    const bytes = await drawnPdf([A4]);
    const begun = await sender.start(dossier, bytes);
    expect([begun.status, begun.body.offset]).to.deep.equal([201, 0]);
    const path = pathOf(begun.body);

    // when
    const first = await sender.patch(path, 0, bytes.subarray(0, 500));
    const early = await sender.ask<{ code: string }>('POST', `${path}/document`);
    const repeated = await sender.patch(path, 0, bytes.subarray(0, 500));
    const second = await sender.patch(path, 500, bytes.subarray(500));
    const done = await Promise.all([1, 2, 3].map(() => sender.ask<Filed>('POST', `${path}/document`)));
    const later = await sender.ask<Filed>('POST', `${path}/document`);

    // then
    expect([first.status, first.headers.get('upload-offset')]).to.deep.equal([204, '500']);
    expect([early.status, early.body.code]).to.deep.equal([409, 'UPLOAD_UNFINISHED']);
    const problem = (await repeated.json()) as { code: string; details: { offset: number } };
    expect([repeated.status, problem.code]).to.deep.equal([409, 'UPLOAD_OFFSET_DIFFERS']);
    expect(second.headers.get('upload-offset')).to.equal(String(bytes.length));
    expect(new Set([...done, later].map(({ status }) => status))).to.deep.equal(new Set([201]));
    expect(new Set([...done, later].map(({ body }) => body.id)).size).to.equal(1);
    const filed = await sender.documents(dossier);
    expect(filed.map(({ version, sha256 }) => [version, sha256])).to.deep.equal([
      [1, createHash('sha256').update(bytes).digest('hex')],
    ]);
    expect(
      (await sender.ask<{ items: Upload[] }>('GET', `/dossiers/${dossier}/uploads`)).body.items,
    ).to.deep.equal([]);
  });

  it('keep what had come when the connection breaks, and go on from there with the same file', async () => {
    // given
    const bytes = await scanPdf([{ ...A4, pixels: 1240, noise: 20 }]);
    const { body: upload } = await sender.start(dossier, bytes);

    // when
    await sender.hangUp(pathOf(upload), bytes, 100_000);
    const again = await sender.start(dossier, bytes);
    const offset = await sender.head(pathOf(upload));
    const rest = await sender.patch(pathOf(upload), offset, bytes.subarray(offset));
    const done = await sender.ask<Filed>('POST', `${pathOf(upload)}/document`);

    // then
    expect(again.body.id).to.equal(upload.id);
    expect(offset).to.equal(100_000);
    expect(rest.status).to.equal(204);
    expect(done.body.sha256).to.equal(createHash('sha256').update(bytes).digest('hex'));
  });

  it('belong to whoever began them', async () => {
    // given
    const bytes = await drawnPdf([A4]);
    const { body: upload } = await sender.start(dossier, bytes);
    const architect = await Sender.signIn(office.base, office.people.architect.email);

    // when
    const answers = await Promise.all([
      architect.ask<{ code: string }>('GET', pathOf(upload)),
      architect.ask<{ code: string }>('DELETE', pathOf(upload)),
      architect.ask<{ code: string }>('POST', `${pathOf(upload)}/document`),
    ]);
    const elsewhere = await sender.ask<{ code: string }>('GET', `/dossiers/other/uploads/${upload.id}`);
    const foreign = await architect.start(dossier, bytes);

    // then
    expect([...answers, elsewhere].map(({ body }) => body.code)).to.deep.equal(
      Array(4).fill('UPLOAD_NOT_FOUND'),
    );
    expect([foreign.status, foreign.body.code]).to.deep.equal([404, 'DOSSIER_NOT_FOUND']);
  });

  it('refuse what is too large, names that turn around, pieces that nobody lists, more bytes than announced', async () => {
    const bytes = await drawnPdf([A4]);
    const large = await sender.start(dossier, bytes, { size: 300_000_000 });
    const turned = await sender.start(dossier, bytes, { fileName: 'plan\u202efdp.exe' });
    const unknown = await sender.start(dossier, bytes, { piece: 'holidayPhoto' });
    const { body: upload } = await sender.start(dossier, bytes, { size: 100 });
    const more = await sender.patch(pathOf(upload), 0, bytes);

    expect([large.status, large.body.code]).to.deep.equal([413, 'FILE_TOO_LARGE']);
    expect([turned.status, turned.body.errors[0]?.field]).to.deep.equal([422, '/fileName']);
    expect([unknown.status, unknown.body.code]).to.deep.equal([422, 'UNKNOWN_PIECE']);
    expect(more.status).to.equal(413);
  });

  it('are held to what is in the file: a drawing with scripts, a password', async () => {
    for (const [bytes, code] of [
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'UNSUPPORTED_FILE_TYPE'],
      [await drawnPdf([A4], { encrypt: true }), 'UNREADABLE_FILE'],
    ] as const) {
      const { body: upload } = await sender.start(dossier, bytes, {
        fileName: '<img src=x onerror=alert(1)>.png',
      });
      await sender.patch(pathOf(upload), 0, bytes);
      const refused = await sender.ask<{ code: string }>('POST', `${pathOf(upload)}/document`);
      expect(refused.body.code).to.equal(code);
    }
    expect(await sender.documents(dossier)).to.deep.equal([]);
  });

  it('tell of a poor scan without keeping it out', async () => {
    // given
    const bytes = await scanPdf([{ ...A4, pixels: 595 }]);
    const { body: upload } = await sender.start(dossier, bytes);
    await sender.patch(pathOf(upload), 0, bytes);

    // when
    const done = await sender.ask<Filed>('POST', `${pathOf(upload)}/document`);

    // then
    expect(done.status).to.equal(201);
    expect(done.body.quality.verdict).to.equal('warning');
    expect(done.body.quality.findings).to.deep.equal([
      { rule: 'resolution', page: 1, measured: '72 dpi', wanted: '150 dpi' },
    ]);
  });

  it('go on after the server was started anew', async function () {
    this.timeout(600_000);
    // given a node on a folder that outlives it
    const directory = await mkdtemp(join(tmpdir(), 'shubbak-uploads-'));
    const env = { DATA_DIR: directory };
    const first = await openOffice(env);
    const bytes = await drawnPdf([A4, A4]);
    const before = await Sender.signIn(first.base, first.people.applicant.email);
    const draft = await first.people.applicant.post<{ id: string }>('/dossiers', {
      procedure: 'building-permit-small',
      commune: COMMUNE,
    });
    const { body: upload } = await before.start(draft.id, bytes);
    const path = `/dossiers/${draft.id}/uploads/${upload.id}`;
    await before.patch(path, 0, bytes.subarray(0, 700));

    // when
    await first.close();
    const config = readConfig({
      PORT: '0',
      HOST: '127.0.0.1',
      CLOCK: 'demo',
      CLOCK_START: new Date(START).toISOString(),
      LOG_LEVEL: 'silent',
      ...(process.env.MONGODB_URI ? { MONGODB_URI: process.env.MONGODB_URI } : {}),
      ...env,
    });
    const node = await startShubbak(config, pino({ level: 'silent' }), (reason) => {
      throw new Error(reason);
    });
    try {
      const after = await Sender.signIn(`http://127.0.0.1:${node.port}`, first.people.applicant.email);
      const unfinished = await after.ask<{ items: Upload[] }>('GET', `/dossiers/${draft.id}/uploads`);
      const rest = await after.patch(path, 700, bytes.subarray(700));
      const done = await after.ask<Filed>('POST', `${path}/document`);

      // then
      expect(unfinished.body.items.map(({ id, offset }) => [id, offset])).to.deep.equal([[upload.id, 700]]);
      expect(rest.status).to.equal(204);
      expect(done.body.sha256).to.equal(createHash('sha256').update(bytes).digest('hex'));
    } finally {
      await node.stop();
      await rm(directory, { recursive: true, force: true });
    }
  });
});

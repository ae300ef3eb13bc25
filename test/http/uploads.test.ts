import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import request from 'supertest';
import { DomainError } from '../../src/domain/errors.ts';
import type { RequestContext } from '../../src/http/application.ts';
import { anApplication, TOKEN } from './support/application.ts';
import { aDocument } from './support/records.ts';
import { serve } from './support/serve.ts';

const BYTES = Buffer.from('%PDF-1.7 a plan');
const ADDRESS = '/api/v1/dossiers/dossier-1/documents';

describe('http uploads', () => {
  const application = anApplication();
  const usual = application.documents.add;
  const { app, logged } = serve(application);
  let server: Server;
  const upload = (key = 'k1') =>
    request(server).post(ADDRESS).set('Authorization', `Bearer ${TOKEN}`).set('Idempotency-Key', key);
  const added = () => application.calls.filter(({ name }) => name === 'documents.add');

  before((done) => {
    server = app.listen(0, '127.0.0.1', done);
  });
  after((done) => {
    server.closeAllConnections();
    server.close(done);
  });
  beforeEach(() => {
    application.calls.length = 0;
    application.ledger.clear();
    application.documents.add = usual;
  });

  it('streams a piece into the use case under its own name', async () => {
    // when
    const answer = await upload()
      .field('piece', 'architecturalPlan')
      .attach('file', BYTES, 'تصميم الطابق الأرضي.pdf');

    // then
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.deep.include({
      piece: 'architecturalPlan',
      fileName: 'تصميم الطابق الأرضي.pdf',
      size: BYTES.length,
    });
    expect(answer.headers.location).to.equal('/api/v1/documents/document-1/content');
    expect(added()[0]?.input).to.deep.include({ dossier: 'dossier-1', piece: 'architecturalPlan' });
  });

  it('tells the use case the digest of piece, name and bytes once they have passed', async () => {
    // given
    let early: unknown;
    let late = '';
    application.documents.add = async (context: RequestContext, input) => {
      try {
        early = context.idempotency?.fingerprint;
      } catch (error) {
        early = error;
      }
      for await (const _chunk of input.body);
      late = context.idempotency?.fingerprint ?? '';
      return aDocument();
    };

    // when
    await upload().field('piece', 'plan').attach('file', BYTES, 'a.pdf');

    // then
    const sha256 = createHash('sha256').update(BYTES).digest('hex');
    const expected = createHash('sha256')
      .update(JSON.stringify(['plan', 'a.pdf', sha256]))
      .digest('hex');
    expect(early).to.be.an('error');
    expect(late).to.equal(expected);
  });

  it('answers the same upload again without adding it twice, and refuses other bytes under the key', async () => {
    // given
    const first = await upload().field('piece', 'plan').attach('file', BYTES, 'a.pdf');

    // when
    const again = await upload().field('piece', 'plan').attach('file', BYTES, 'a.pdf');
    const renamed = await upload().field('piece', 'plan').attach('file', BYTES, 'b.pdf');
    const other = await upload().field('piece', 'plan').attach('file', Buffer.from('%PDF other'), 'a.pdf');

    // then
    expect([again.status, again.headers['idempotency-replayed'], again.body]).to.deep.equal([
      201,
      'true',
      first.body,
    ]);
    for (const answer of [renamed, other]) {
      expect([answer.status, answer.body.code]).to.deep.equal([422, 'IDEMPOTENCY_KEY_REUSED']);
    }
    expect(added()).to.have.length(1);
  });

  it('waits for an upload that holds the key', async () => {
    // given
    application.documents.add = async (context, input) => {
      for await (const _chunk of input.body);
      const { id = '', fingerprint = '' } = context.idempotency ?? {};
      application.ledger.set(id, {
        id,
        fingerprint,
        resource: { kind: 'document', id: 'document-8' },
        response: null,
      });
      throw new DomainError('REQUEST_IN_PROGRESS');
    };

    // when
    const answer = await upload().field('piece', 'plan').attach('file', BYTES, 'a.pdf');

    // then
    expect([answer.status, answer.body.id, answer.headers['idempotency-replayed']]).to.deep.equal([
      201,
      'document-8',
      'true',
    ]);
  });

  it('refuses all but one piece and then one file, and adds nothing', async () => {
    const cases: [() => request.Test, string, string][] = [
      [() => upload().attach('file', BYTES, 'a.pdf'), '/piece', 'misplaced'],
      [() => upload().attach('file', BYTES, 'a.pdf').field('piece', 'plan'), '/piece', 'misplaced'],
      [() => upload().field('piece', 'plan'), '/file', 'required'],
      [
        () => upload().field('piece', 'plan').field('piece', 'plan').attach('file', BYTES, 'a.pdf'),
        '/piece',
        'tooMany',
      ],
      [() => upload().field('piece', '../x').attach('file', BYTES, 'a.pdf'), '/piece', 'pattern'],
      [() => upload().field('piece', 'p'.repeat(300)).attach('file', BYTES, 'a.pdf'), '/piece', 'pattern'],
      [
        () => upload().field('piece', 'plan').field('note', 'x').attach('file', BYTES, 'a.pdf'),
        '/note',
        'additionalProperties',
      ],
      [
        () => upload().field('piece', 'plan').attach('image', BYTES, 'a.pdf'),
        '/image',
        'additionalProperties',
      ],
      [
        () =>
          upload()
            .field('piece', 'plan')
            .attach('file', BYTES, `${'x'.repeat(300)}.pdf`),
        '/file',
        'maxLength',
      ],
      [() => upload().field('piece', 'plan').attach('file', BYTES, 'a\u202efdp.pdf'), '/file', 'pattern'],
    ];
    for (const [send, field, rule] of cases) {
      const answer = await send();
      expect(
        [answer.status, answer.body.errors?.[0]?.field, answer.body.errors?.[0]?.rule],
        answer.text,
      ).to.deep.equal([422, field, rule]);
    }
  });

  it('keeps nothing of a request that is refused for what follows its file', async () => {
    // given
    let finished = false;
    application.documents.add = async (context, input) => {
      const document = await usual(context, input);
      finished = true;
      return document;
    };

    // when
    const twice = await upload('k2')
      .field('piece', 'plan')
      .attach('file', BYTES, 'a.pdf')
      .attach('file', BYTES, 'b.pdf');
    const trailing = await upload('k3')
      .field('piece', 'plan')
      .attach('file', BYTES, 'a.pdf')
      .field('piece', 'plan');

    // then
    expect([twice.status, twice.body.errors[0].rule]).to.deep.equal([422, 'tooMany']);
    expect([trailing.status, trailing.body.errors[0].rule]).to.deep.equal([422, 'misplaced']);
    expect(finished).to.equal(false);
    expect(application.ledger.size).to.equal(0);
  });

  it('takes only the last step of a file name', async () => {
    const answer = await upload().field('piece', 'plan').attach('file', BYTES, '..\\..\\etc/passwd.pdf');
    expect(answer.body.fileName).to.equal('passwd.pdf');
  });

  it('answers a refusal of the use case though the bytes still come', async () => {
    // given
    application.documents.add = async () => {
      throw new DomainError('UNKNOWN_PIECE', { piece: 'holiday' });
    };

    // when
    const answer = await upload()
      .field('piece', 'holiday')
      .attach('file', Buffer.alloc(5_000_000, 1), 'a.pdf');

    // then
    expect([answer.status, answer.body.code]).to.deep.equal([422, 'UNKNOWN_PIECE']);
    expect(answer.body.detail).to.include('« holiday »');
  });

  it('refuses what is no multipart, or a broken one', async () => {
    const json = await upload().send({ piece: 'plan' });
    expect([json.status, json.body.code]).to.deep.equal([400, 'MALFORMED_REQUEST']);
    for (const [type, body] of [
      ['multipart/form-data', 'x'],
      ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="piece"\r\n\r\nplan'],
      ['multipart/form-data; boundary=b', 'no boundary at all'],
    ] as const) {
      const answer = await upload().set('Content-Type', type).send(body);
      expect(answer.status, `${type} ${answer.text}`).to.be.oneOf([400, 422]);
      expect(answer.headers['content-type']).to.match(/problem\+json/);
    }
  });

  it('stops at once when the sender goes away', async () => {
    // given
    let ended: (error: unknown) => void = () => {};
    let begun: () => void = () => {};
    const start = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const outcome = new Promise<unknown>((resolve) => {
      ended = resolve;
    });
    application.documents.add = async (_context, input) => {
      begun();
      try {
        for await (const _chunk of input.body);
        ended('whole');
      } catch (error) {
        ended(error);
        throw error;
      }
      return aDocument();
    };
    const { port } = server.address() as { port: number };
    const sending = httpRequest({
      port,
      host: '127.0.0.1',
      path: ADDRESS,
      method: 'POST',
      headers: {
        Authorization: `Bearer ${TOKEN}`,
        'Idempotency-Key': 'k',
        'Content-Type': 'multipart/form-data; boundary=b',
        'Content-Length': 1_000_000,
      },
    });
    sending.on('error', () => {});

    // when
    sending.write('--b\r\nContent-Disposition: form-data; name="piece"\r\n\r\nplan\r\n');
    sending.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF');
    await start;
    sending.destroy();

    // then
    expect(await outcome).to.be.an('error');
    expect(application.ledger.size).to.equal(0);
  });

  it('holds no file in memory', async () => {
    // given
    const size = 120_000_000;
    let received = 0;
    let most = 0;
    application.documents.add = async (_context, input) => {
      for await (const chunk of input.body) {
        received += (chunk as Buffer).length;
        most = Math.max(most, process.memoryUsage().arrayBuffers);
      }
      return aDocument({ size: received });
    };
    const { port } = server.address() as { port: number };
    const head =
      '--b\r\nContent-Disposition: form-data; name="piece"\r\n\r\nplan\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n';
    const tail = '\r\n--b--\r\n';
    const before = process.memoryUsage().arrayBuffers;
    const sending = httpRequest({
      port,
      host: '127.0.0.1',
      path: ADDRESS,
      method: 'POST',
      headers: {
        Authorization: `Bearer ${TOKEN}`,
        'Idempotency-Key': 'k',
        'Content-Type': 'multipart/form-data; boundary=b',
        'Content-Length': head.length + size + tail.length,
      },
    });
    const block = Buffer.alloc(1_000_000, 1);

    // when
    Readable.from(
      (function* () {
        yield Buffer.from(head);
        for (let sent = 0; sent < size; sent += block.length) yield block;
        yield Buffer.from(tail);
      })(),
    ).pipe(sending);
    const [answer] = (await once(sending, 'response')) as [IncomingMessage];
    answer.resume();

    // then
    expect(answer.statusCode, logged()).to.equal(201);
    expect(received).to.equal(size);
    expect(most - before).to.be.below(size / 2);
  });
});

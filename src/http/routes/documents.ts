import { createHash } from 'node:crypto';
import { Router } from 'express';
import { DomainError } from '../../domain/errors.ts';
import { isKnown, send, sendFile, sendList } from '../answer.ts';
import type { Application, RequestContext, StoredAnswer } from '../application.ts';
import { API_ROOT } from '../contract.ts';
import { contextOf, pathOf, queryOf } from '../exchange.ts';
import { doneMeanwhile, replay, requestKey, requireSame } from '../idempotency.ts';
import { presentDocument } from '../presenters/document.ts';
import { receiveFile } from '../receiveFile.ts';

/** The pieces of a dossier: what was filed, and filing more. */
export function documentRoutes({ documents, idempotency }: Application): Router {
  const router = Router();
  const redraw = async (context: RequestContext, { id }: { id: string }): Promise<StoredAnswer> =>
    answer(presentDocument(await documents.read(context, { id })), id);

  router.get('/dossiers/:id/documents', async (req, res) => {
    const { all } = queryOf<{ all: boolean }>(req);
    const list = await documents.list(contextOf(res), { dossier: pathOf(req, 'id'), all });
    sendList(req, res, list, presentDocument);
  });

  router.post('/dossiers/:id/documents', async (req, res) => {
    const id = requestKey(res, String(req.headers['idempotency-key']));
    const dossier = pathOf(req, 'id');
    const earlier = await idempotency.find(id);
    const outcome = await receiveFile(req, async ({ piece, fileName, body, sha256 }) => {
      // The body can be told from another only when it has passed: what was kept is looked at after that.
      const fingerprint = () => fingerprintOf(piece, fileName, sha256());
      const context = contextOf(res, {
        id,
        get fingerprint() {
          return fingerprint();
        },
      });
      if (earlier !== null) {
        for await (const _chunk of body);
        return { earlier: requireSame(earlier, fingerprint()) };
      }
      try {
        return { document: await documents.add(context, { dossier, piece, fileName, body }) };
      } catch (error) {
        if (!(error instanceof DomainError && error.code === 'REQUEST_IN_PROGRESS')) throw error;
        const done = await doneMeanwhile(idempotency, id, error);
        if (done === null) throw error;
        return { earlier: requireSame(done, fingerprint()) };
      }
    });
    if ('earlier' in outcome)
      return replay(idempotency, req, res, { redraw }, contextOf(res), outcome.earlier);
    const fresh = answer(presentDocument(outcome.document), outcome.document.id);
    await idempotency.keep(id, fresh);
    send(req, res, fresh);
  });

  router.get('/documents/:id/content', async (req, res) => {
    const { document, stream } = await documents.open(contextOf(res), { id: pathOf(req, 'id') });
    const tag = `"${document.sha256}"`;
    if (isKnown(req, tag)) {
      stream.destroy();
      res.set('ETag', tag).status(304).end();
      return;
    }
    const { fileName, mediaType, size } = document;
    const headers = { ETag: tag, 'Content-Length': String(size) };
    await sendFile(res, { fileName, mediaType, content: stream }, headers);
  });
  return router;
}

/** What distinguishes one upload from another under the same key; use cases compare the same. */
function fingerprintOf(piece: string, fileName: string, sha256: string): string {
  return createHash('sha256')
    .update(JSON.stringify([piece, fileName, sha256]))
    .digest('hex');
}

function answer(body: ReturnType<typeof presentDocument>, id: string): StoredAnswer {
  return { status: 201, body, headers: { Location: `${API_ROOT}/documents/${id}/content` } };
}

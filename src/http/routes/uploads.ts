import { Router } from 'express';
import { send, sendList } from '../answer.ts';
import type { Application, RequestContext, StoredAnswer, UploadView } from '../application.ts';
import { API_ROOT } from '../contract.ts';
import { contextOf, pathOf } from '../exchange.ts';
import { once } from '../idempotency.ts';
import { presentDocument } from '../presenters/document.ts';
import { presentUpload } from '../presenters/upload.ts';
import { fileNameOf } from '../receiveFile.ts';

/** The version of the resumable upload protocol (tus.io) of which these routes speak the core. */
const TUS = { 'Tus-Resumable': '1.0.0', 'Cache-Control': 'no-store' };

/** Files that come in parts and go on after a lost connection. */
export function uploadRoutes({ uploads, documents, idempotency }: Application): Router {
  const router = Router();

  router
    .route('/dossiers/:id/uploads')
    .get(async (req, res) => {
      const list = await uploads.list(contextOf(res), { dossier: pathOf(req, 'id') });
      sendList(req, res, list, presentUpload);
    })
    .post(
      once(idempotency, {
        async run(context, req) {
          const dossier = pathOf(req, 'id');
          const { piece, fileName, size, fingerprint } = req.body as NewUpload;
          const name = fileNameOf(fileName, '/fileName');
          return begun(await uploads.start(context, { dossier, piece, fileName: name, size, fingerprint }));
        },
        redraw: async (context, { id }) => begun(await uploads.read(context, { id })),
      }),
    );

  router
    .route('/dossiers/:id/uploads/:upload')
    .get(async (req, res) => {
      const upload = await uploads.read(contextOf(res), idsOf(req));
      send(req, res, answerOf(200, upload));
    })
    .patch(async (req, res) => {
      const offset = Number(req.headers['upload-offset']);
      const upload = await uploads.continue(contextOf(res), { ...idsOf(req), offset, body: req });
      res.set({ ...TUS, 'Upload-Offset': String(upload.offset) });
      res.status(204).end();
    })
    .delete(async (req, res) => {
      await uploads.abandon(contextOf(res), idsOf(req));
      res.set(TUS).status(204).end();
    });

  const redraw = async (context: RequestContext, { id }: { id: string }): Promise<StoredAnswer> =>
    documentAnswer(await documents.read(context, { id }));
  router.post(
    '/dossiers/:id/uploads/:upload/document',
    once(idempotency, {
      run: async (context, req) => documentAnswer(await uploads.finish(context, idsOf(req))),
      redraw,
    }),
  );
  return router;
}

interface NewUpload {
  piece: string;
  fileName: string;
  size: number;
  fingerprint: string;
}

const begun = (upload: UploadView): StoredAnswer => {
  const { status, body, headers } = answerOf(201, upload);
  return { status, body, headers: { ...headers, Location: addressOf(upload) } };
};

const idsOf = (req: Parameters<typeof pathOf>[0]) => ({
  dossier: pathOf(req, 'id'),
  id: pathOf(req, 'upload'),
});

const addressOf = ({ dossier, id }: UploadView): string => `${API_ROOT}/dossiers/${dossier}/uploads/${id}`;

function answerOf(status: number, upload: UploadView): StoredAnswer {
  const headers = { ...TUS, 'Upload-Offset': String(upload.offset), 'Upload-Length': String(upload.size) };
  return { status, body: presentUpload(upload), headers };
}

function documentAnswer(document: Parameters<typeof presentDocument>[0]): StoredAnswer {
  return {
    status: 201,
    body: presentDocument(document),
    headers: { Location: `${API_ROOT}/documents/${document.id}/content` },
  };
}

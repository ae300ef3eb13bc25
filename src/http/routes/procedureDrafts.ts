import { Router } from 'express';
import { ifVersionOf, requiredVersionOf, send, sendList, versioned } from '../answer.ts';
import type { Application, DraftFile, RequestContext } from '../application.ts';
import { API_ROOT } from '../contract.ts';
import { contextOf, pathOf } from '../exchange.ts';
import { once } from '../idempotency.ts';
import { presentDraft, presentDraftRow, presentLife, presentProblems } from '../presenters/procedureDraft.ts';

/** Procedures in the making, for those who publish them. */
export function procedureDraftRoutes({ studio, idempotency }: Application): Router {
  const router = Router();

  router.get('/procedure-versions', async (req, res) => {
    sendList(req, res, await studio.versions(contextOf(res), {}), presentLife);
  });
  router.get('/procedure-versions/:hash', async (req, res) => {
    const { files, ...life } = await studio.version(contextOf(res), { hash: pathOf(req, 'hash') });
    const body = { life: presentLife(life), files: files.map(({ path, content }) => ({ path, content })) };
    send(req, res, { status: 200, body, headers: {} });
  });
  router.get('/procedure-vocabulary', async (req, res) => {
    const { roles, bodyKinds, taskHandlers, serviceHandlers, notices } = await studio.vocabulary(
      contextOf(res),
      {},
    );
    const body = { roles, bodyKinds, taskHandlers, serviceHandlers, notices };
    send(req, res, { status: 200, body, headers: {} });
  });
  router.get('/procedure-drafts', async (req, res) => {
    sendList(req, res, await studio.list(contextOf(res), {}), presentDraftRow);
  });
  router.post(
    '/procedure-drafts',
    once(idempotency, {
      async run(context, req) {
        const draft = await studio.open(context, req.body as NewDraft);
        return versioned(201, presentDraft(draft), draft.version, {
          Location: `${API_ROOT}/procedure-drafts/${draft.id}`,
        });
      },
      async redraw(context, { id }) {
        const draft = await studio.read(context, { id });
        return versioned(201, presentDraft(draft), draft.version);
      },
    }),
  );
  router.get('/procedure-drafts/:id', async (req, res) => {
    const draft = await studio.read(contextOf(res), { id: pathOf(req, 'id') });
    send(req, res, versioned(200, presentDraft(draft), draft.version));
  });
  router.patch('/procedure-drafts/:id', async (req, res) => {
    const { files } = req.body as { files: { path: string; content: string | null }[] };
    const input = { id: pathOf(req, 'id'), ifVersion: requiredVersionOf(req), files };
    const draft = await studio.change(contextOf(res), input);
    send(req, res, versioned(200, presentDraftRow(draft), draft.version));
  });
  router.delete('/procedure-drafts/:id', async (req, res) => {
    await studio.discard(contextOf(res), { id: pathOf(req, 'id') });
    res.status(204).end();
  });
  router.get('/procedure-drafts/:id/problems', async (req, res) => {
    const found = await studio.check(contextOf(res), { id: pathOf(req, 'id') });
    send(req, res, { status: 200, body: presentProblems(found), headers: {} });
  });
  router.post(
    '/procedure-drafts/:id/publication',
    once(idempotency, {
      async run(context, req) {
        const wanted = req.body as { note: string; inForceFrom?: string };
        const input = { ...wanted, id: pathOf(req, 'id'), ifVersion: ifVersionOf(req) };
        const { hash } = await studio.publish(context, input);
        return published(context, hash);
      },
      redraw: (context, { id }) => published(context, id),
    }),
  );

  async function published(context: RequestContext, hash: string) {
    return { status: 201, body: presentLife(await studio.version(context, { hash })), headers: {} };
  }
  return router;
}

interface NewDraft {
  procedure?: string;
  version?: string;
  files?: DraftFile[];
}

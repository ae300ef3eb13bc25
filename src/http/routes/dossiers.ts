import { Router } from 'express';
import type { Dossier, DossierStatus } from '../../domain/dossier.ts';
import type { JsonObject } from '../../domain/json.ts';
import {
  ifVersionOf,
  linkNext,
  requiredVersionOf,
  send,
  sendFile,
  sendList,
  sendPage,
  versioned,
} from '../answer.ts';
import type { Application, RequestContext, StoredAnswer } from '../application.ts';
import { API_ROOT } from '../contract.ts';
import { contextOf, pathOf, queryOf } from '../exchange.ts';
import { once } from '../idempotency.ts';
import { presentDossier, presentDossierDetail, presentEvent, presentStep } from '../presenters/dossier.ts';
import { presentNamedDossier } from '../presenters/dossierRow.ts';
import { presentNeeds } from '../presenters/needs.ts';

/** The shared file of one application, from draft to archive. */
export function dossierRoutes({ dossiers, idempotency }: Application): Router {
  const router = Router();
  const redraw =
    (status: number, headers: Record<string, string> = {}) =>
    async (context: RequestContext, { id }: { id: string }): Promise<StoredAnswer> =>
      answer(status, (await dossiers.read(context, { id })).dossier, headers);

  router.get('/dossiers', async (req, res) => {
    const { limit, cursor = null, ...filter } = queryOf<DossierQuery>(req);
    const page = await dossiers.list(contextOf(res), { ...filter, page: { limit, cursor } });
    sendPage(req, res, page, presentNamedDossier);
  });
  router.post(
    '/dossiers',
    once(idempotency, {
      async run(context, req) {
        const dossier = await dossiers.startDraft(context, req.body as NewDossier);
        return answer(201, dossier, { Location: addressOf(dossier.id) });
      },
      redraw: (context, made) => redraw(201, { Location: addressOf(made.id) })(context, made),
    }),
  );
  router.get('/dossiers/:id', async (req, res) => {
    const detail = await dossiers.read(contextOf(res), { id: pathOf(req, 'id') });
    send(req, res, versioned(200, presentDossierDetail(detail), detail.dossier.version));
  });
  router.get('/dossiers/:id/needs', async (req, res) => {
    const needs = await dossiers.needs(contextOf(res), { id: pathOf(req, 'id') });
    send(req, res, { status: 200, body: presentNeeds(needs), headers: {} });
  });
  router.put('/dossiers/:id/application', async (req, res) => {
    const change = req.body as DraftChange;
    const input = { ...change, id: pathOf(req, 'id'), ifVersion: requiredVersionOf(req) };
    send(req, res, answer(200, await dossiers.changeDraft(contextOf(res), input)));
  });
  router.post(
    '/dossiers/:id/architect-signature',
    once(idempotency, {
      async run(context, req) {
        return answer(200, await dossiers.signPlans(context, { id: pathOf(req, 'id') }));
      },
      redraw: redraw(200),
    }),
  );
  router.post(
    '/dossiers/:id/submission',
    once(idempotency, {
      async run(context, req) {
        const input = { id: pathOf(req, 'id'), ifVersion: ifVersionOf(req) };
        return answer(200, await dossiers.submit(context, input));
      },
      redraw: redraw(200),
    }),
  );
  router.get('/dossiers/:id/timeline', async (req, res) => {
    sendList(req, res, await dossiers.timeline(contextOf(res), { id: pathOf(req, 'id') }), presentStep);
  });
  router.get('/dossiers/:id/events', async (req, res) => {
    const { limit, after } = queryOf<{ limit: number; after?: number }>(req);
    const events = await dossiers.events(contextOf(res), { id: pathOf(req, 'id'), after, limit });
    const next = events.length === limit ? (events.at(-1)?.seq ?? null) : null;
    if (next !== null) linkNext(req, res, 'after', String(next));
    send(req, res, { status: 200, body: { items: events.map(presentEvent), next }, headers: {} });
  });
  router.get('/dossiers/:id/receipt', async (req, res) => {
    await sendFile(res, await dossiers.receipt(contextOf(res), { id: pathOf(req, 'id') }));
  });
  router.get('/dossiers/:id/filing-rejection', async (req, res) => {
    await sendFile(res, await dossiers.filingRejection(contextOf(res), { id: pathOf(req, 'id') }));
  });
  router.get('/dossiers/:id/minutes', async (req, res) => {
    const { round } = queryOf<{ round?: number }>(req);
    await sendFile(res, await dossiers.minutes(contextOf(res), { id: pathOf(req, 'id'), round }));
  });
  return router;
}

function answer(status: number, dossier: Dossier, headers: Record<string, string> = {}): StoredAnswer {
  return versioned(status, presentDossier(dossier), dossier.version, headers);
}

function addressOf(id: string): string {
  return `${API_ROOT}/dossiers/${id}`;
}

interface DossierQuery {
  status?: DossierStatus;
  procedure?: string;
  territory?: string;
  number?: string;
  limit: number;
  cursor?: string;
}
interface NewDossier {
  procedure: string;
  commune: string;
  architectEmail?: string;
  applicantEmail?: string;
  application?: JsonObject;
}
interface DraftChange {
  application?: JsonObject;
  commune?: string;
  architectEmail?: string;
}

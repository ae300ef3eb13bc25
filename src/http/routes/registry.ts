import { Router } from 'express';
import type { DossierStatus } from '../../domain/dossier.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Role } from '../../domain/party.ts';
import type { EntryKind, RegisterDirection } from '../../domain/register.ts';
import { linkNext, send, sendList, sendPage } from '../answer.ts';
import type { Application, CounterPerson, StoredAnswer } from '../application.ts';
import { contextOf, pathOf, queryOf } from '../exchange.ts';
import { once } from '../idempotency.ts';
import { presentDossier } from '../presenters/dossier.ts';
import {
  presentDelays,
  presentDispatch,
  presentEntry,
  presentPayment,
  presentRelated,
  presentTotal,
  presentWorkRow,
} from '../presenters/registry.ts';

/** The registry office's counter, registers and list of work; the treasurer's payments; the delays of a territory. */
export function registryRoutes(application: Application): Router {
  const { counter, registers, registry, dossiers, idempotency } = application;
  const router = Router();

  router.post(
    '/counter/filings',
    once(idempotency, {
      async run(context, req) {
        const { dossier, opened } = await counter.open(context, req.body as CounterFiling);
        return created({ dossier: presentDossier(dossier), accountOpened: opened });
      },
      // Whether the account was new is of no more use once the answer was lost.
      async redraw(context, { id }) {
        const { dossier } = await dossiers.read(context, { id });
        return created({ dossier: presentDossier(dossier), accountOpened: false });
      },
    }),
  );
  router.post(
    '/dossiers/:id/hand-over',
    once(idempotency, {
      async run(context, req) {
        const { secret, hasEmail } = await counter.handOver(context, { id: pathOf(req, 'id') });
        return created({ secret, hasEmail });
      },
      redraw: async () => created({ secret: null, hasEmail: false }),
      // The secret is told once and kept nowhere in clear.
      kept: (answer) => ({ ...answer, body: { ...(answer.body as object), secret: null } }),
    }),
  );
  router.get('/dossiers/:id/related', async (req, res) => {
    sendList(req, res, await registry.related(contextOf(res), { id: pathOf(req, 'id') }), presentRelated);
  });
  router.get('/dossiers/:id/dispatch', async (req, res) => {
    const { listed, dispatch } = await registry.dispatch(contextOf(res), { id: pathOf(req, 'id') });
    const body = { listed, dispatch: dispatch && presentDispatch(dispatch) };
    send(req, res, { status: 200, body, headers: {} });
  });

  router.get('/registers/:direction', async (req, res) => {
    const { limit, cursor = null, from, to, ...filter } = queryOf<RegisterQuery>(req);
    const page = await registers.list(contextOf(res), {
      ...filter,
      direction: pathOf(req, 'direction') as RegisterDirection,
      from: instantOf(from),
      to: instantOf(to),
      page: { limit, cursor },
    });
    sendPage(req, res, page, presentEntry);
  });
  router.post(
    '/registers/:direction/:entry/corrections',
    once(idempotency, {
      async run(context, req) {
        const { text, reason } = req.body as { text: string; reason: string };
        const direction = pathOf(req, 'direction') as RegisterDirection;
        const input = { direction, entry: pathOf(req, 'entry'), text, reason };
        return created(presentEntry(await registers.correct(context, input)));
      },
      redraw: async (context, { id }) => created(presentEntry(await registers.find(context, { id }))),
    }),
  );

  router.get('/worklist', async (req, res) => {
    const { limit, cursor = null, dueBefore, ...filter } = queryOf<WorkQuery>(req);
    const input = { ...filter, dueBefore: instantOf(dueBefore), page: { limit, cursor } };
    sendPage(req, res, await registry.work(contextOf(res), input), presentWorkRow);
  });
  router.get('/payments', async (req, res) => {
    const { limit, cursor = null, from, to, territory } = queryOf<PaymentQuery>(req);
    const { items, next, totals } = await registry.payments(contextOf(res), {
      territory,
      from: Date.parse(from),
      to: Date.parse(to),
      page: { limit, cursor },
    });
    if (next !== null) linkNext(req, res, 'cursor', next);
    const body = { items: items.map(presentPayment), next, totals: totals.map(presentTotal) };
    send(req, res, { status: 200, body, headers: {} });
  });
  router.get('/oversight/delays', async (req, res) => {
    const { territory } = queryOf<{ territory?: string }>(req);
    const delays = await registry.delays(contextOf(res), { territory });
    send(req, res, { status: 200, body: presentDelays(delays), headers: {} });
  });
  return router;
}

const created = (body: JsonObject): StoredAnswer => ({ status: 201, body, headers: {} });

const instantOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text);

interface CounterFiling {
  procedure: string;
  commune: string;
  person: CounterPerson;
  architectEmail?: string;
  application?: JsonObject;
}
interface RegisterQuery {
  commune: string;
  year?: number;
  kind?: EntryKind;
  dossierNumber?: string;
  number?: number;
  from?: string;
  to?: string;
  limit: number;
  cursor?: string;
}
interface WorkQuery {
  status?: DossierStatus;
  procedure?: string;
  territory?: string;
  waiting?: Role;
  body?: string;
  dueBefore?: string;
  late?: boolean;
  limit: number;
  cursor?: string;
}
interface PaymentQuery {
  territory?: string;
  from: string;
  to: string;
  limit: number;
  cursor?: string;
}

import { type Request, Router } from 'express';
import type { JsonObject } from '../../domain/json.ts';
import type { Translate } from '../../locales/translate.ts';
import { send, sendPage } from '../answer.ts';
import type { Application, InstanceView, RequestContext } from '../application.ts';
import { contextOf, exchangeOf, pathOf, queryOf } from '../exchange.ts';
import { once } from '../idempotency.ts';
import { presentNotification } from '../presenters/notification.ts';
import {
  presentClock,
  presentDueTimer,
  presentIncident,
  presentInstance,
  presentInstanceRow,
  presentState,
} from '../presenters/operation.ts';

/** Messages, incidents, processes to intervene in, what waits, and the clock. */
export function operationRoutes(application: Application, translate: Translate, version: string): Router {
  const { notifications, incidents, instances, operation, clock, idempotency } = application;
  const router = Router();

  router.get('/notifications', async (req, res) => {
    const { unread, limit, cursor = null } = queryOf<{ unread: boolean } & PageQuery>(req);
    const page = await notifications.list(contextOf(res), { unread, page: { limit, cursor } });
    const { language } = exchangeOf(res);
    sendPage(req, res, page, (notification) => presentNotification(notification, language, translate));
  });
  router.put('/notifications/:id/read', async (req, res) => {
    await notifications.markRead(contextOf(res), { id: pathOf(req, 'id') });
    res.status(204).end();
  });

  router.get('/incidents', async (req, res) => {
    const { open, limit, cursor = null } = queryOf<{ open: boolean } & PageQuery>(req);
    const page = await incidents.list(contextOf(res), { open, page: { limit, cursor } });
    sendPage(req, res, page, presentIncident);
  });
  router.get('/incidents/:id', async (req, res) => {
    const incident = await incidents.read(contextOf(res), { id: pathOf(req, 'id') });
    send(req, res, { status: 200, body: presentIncident(incident), headers: {} });
  });
  router.post(
    '/incidents/:id/retry',
    once(idempotency, {
      async run(context, req) {
        const incident = await incidents.retry(context, { id: pathOf(req, 'id') });
        return { status: 200, body: presentIncident(incident), headers: {} };
      },
      async redraw(context, { id }) {
        return { status: 200, body: presentIncident(await incidents.read(context, { id })), headers: {} };
      },
    }),
  );

  router.post(
    '/incidents/:id/skip',
    once(idempotency, {
      async run(context, req) {
        const incident = await incidents.skip(context, {
          id: pathOf(req, 'id'),
          ...(req.body as { reason: string; variables?: JsonObject }),
        });
        return { status: 200, body: presentIncident(incident), headers: {} };
      },
      async redraw(context, { id }) {
        return { status: 200, body: presentIncident(await incidents.read(context, { id })), headers: {} };
      },
    }),
  );

  router.get('/operation/instances', async (req, res) => {
    const { number, dossier } = queryOf<{ number?: string; dossier?: string }>(req);
    const items = await instances.find(contextOf(res), { number, dossier });
    send(req, res, { status: 200, body: { items: items.map(presentInstanceRow) }, headers: {} });
  });
  router.get('/operation/instances/:id', async (req, res) => {
    const instance = await instances.read(contextOf(res), { id: pathOf(req, 'id') });
    send(req, res, { status: 200, body: presentInstance(instance), headers: {} });
  });
  const intervening = (act: (context: RequestContext, req: Request) => Promise<InstanceView>) =>
    once(idempotency, {
      async run(context, req) {
        return { status: 200, body: presentInstance(await act(context, req)), headers: {} };
      },
      async redraw(context, { id }) {
        return { status: 200, body: presentInstance(await instances.read(context, { id })), headers: {} };
      },
    });
  router.post(
    '/operation/instances/:id/variables',
    intervening((context, req) =>
      instances.setVariables(context, {
        id: pathOf(req, 'id'),
        ...(req.body as { reason: string; variables: JsonObject }),
      }),
    ),
  );
  router.post(
    '/operation/instances/:id/moves',
    intervening((context, req) =>
      instances.move(context, {
        id: pathOf(req, 'id'),
        ...(req.body as { reason: string; token: string; from: string; to: string }),
      }),
    ),
  );
  router.post(
    '/operation/instances/:id/cancellation',
    intervening((context, req) =>
      instances.cancel(context, { id: pathOf(req, 'id'), ...(req.body as { reason: string }) }),
    ),
  );

  router.get('/operation/state', async (req, res) => {
    const [state, health] = await Promise.all([operation.state(contextOf(res), {}), application.health()]);
    const node = { version, uptimeSeconds: Math.floor(process.uptime()) };
    send(req, res, {
      status: 200,
      body: presentState(state, node, health),
      headers: { 'Cache-Control': 'no-store' },
    });
  });
  router.get('/operation/timers', async (req, res) => {
    const { until, limit } = queryOf<{ until: string; limit: number }>(req);
    const { items, count } = await operation.timers(contextOf(res), { until: Date.parse(until), limit });
    send(req, res, { status: 200, body: { items: items.map(presentDueTimer), count }, headers: {} });
  });

  router.get('/clock', async (req, res) => {
    send(req, res, { status: 200, body: presentClock(await clock.read(contextOf(res), {})), headers: {} });
  });
  router.put('/clock', async (req, res) => {
    const { to } = req.body as { to: string };
    const state = await clock.move(contextOf(res), { to: Date.parse(to) });
    send(req, res, { status: 200, body: presentClock(state), headers: {} });
  });
  return router;
}

interface PageQuery {
  limit: number;
  cursor?: string;
}

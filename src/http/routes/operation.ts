import { Router } from 'express';
import { stepMeasuresCsv } from '../../analytics/stepMeasuresCsv.ts';
import { STEP_DIMENSIONS, type StepDimension } from '../../analytics/steps.ts';
import type { Translate } from '../../locales/translate.ts';
import { send, sendList, sendPage } from '../answer.ts';
import type { Application } from '../application.ts';
import { contextOf, exchangeOf, pathOf, queryOf } from '../exchange.ts';
import { presentNotification } from '../presenters/notification.ts';
import { presentClock, presentIncident, presentMeasure } from '../presenters/operation.ts';

/** Messages, measures, incidents and the clock. */
export function operationRoutes(application: Application, translate: Translate): Router {
  const { notifications, analytics, incidents, clock } = application;
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

  router.get('/analytics/steps', async (req, res) => {
    const { territory, procedure, from, to, by = [] } = queryOf<MeasureQuery>(req);
    const measures = await analytics.steps(contextOf(res), {
      territory,
      procedure,
      ...(from === undefined ? {} : { from: Date.parse(from) }),
      ...(to === undefined ? {} : { to: Date.parse(to) }),
      by: STEP_DIMENSIONS.filter((dimension) => by.includes(dimension)),
    });
    res.vary('Accept');
    if (req.accepts(['application/json', 'text/csv']) === 'text/csv') {
      res.attachment('steps.csv').type('text/csv').send(stepMeasuresCsv(measures));
    } else {
      sendList(req, res, measures, presentMeasure);
    }
  });

  router.get('/incidents', async (req, res) => {
    const { open, limit, cursor = null } = queryOf<{ open: boolean } & PageQuery>(req);
    const page = await incidents.list(contextOf(res), { open, page: { limit, cursor } });
    sendPage(req, res, page, presentIncident);
  });
  router.post('/incidents/:id/retry', async (req, res) => {
    const incident = await incidents.retry(contextOf(res), { id: pathOf(req, 'id') });
    send(req, res, { status: 200, body: presentIncident(incident), headers: {} });
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
interface MeasureQuery {
  territory?: string;
  procedure?: string;
  from?: string;
  to?: string;
  by?: StepDimension[];
}

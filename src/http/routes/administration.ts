import { Router } from 'express';
import { send, sendList, sendPage } from '../answer.ts';
import type { Application } from '../application.ts';
import { contextOf, pathOf, queryOf } from '../exchange.ts';
import { presentAccountEvent, presentCoverage, presentHeldTask } from '../presenters/administration.ts';

/** What administrators see around accounts: their trail, the tasks they hold, and who serves which commune. */
export function administrationRoutes({ accounts }: Application): Router {
  const router = Router();

  router.get('/admin/accounts/:id/events', async (req, res) => {
    const { after, limit } = queryOf<{ after?: number; limit: number }>(req);
    const events = await accounts.events(contextOf(res), { id: pathOf(req, 'id'), after, limit });
    const last = events.length === limit ? (events.at(-1)?.seq ?? null) : null;
    send(req, res, {
      status: 200,
      body: { items: events.map(presentAccountEvent), next: last },
      headers: {},
    });
  });
  router.get('/admin/accounts/:id/tasks', async (req, res) => {
    const { limit, cursor = null } = queryOf<{ limit: number; cursor?: string }>(req);
    const page = await accounts.tasks(contextOf(res), { id: pathOf(req, 'id'), page: { limit, cursor } });
    sendPage(req, res, page, presentHeldTask);
  });
  router.get('/admin/coverage', async (req, res) => {
    const { territory } = queryOf<{ territory: string }>(req);
    sendList(req, res, await accounts.coverage(contextOf(res), { territory }), presentCoverage);
  });
  return router;
}

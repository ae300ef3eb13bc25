import { Router } from 'express';
import { send } from '../answer.ts';
import type { Application } from '../application.ts';
import { contextOf } from '../exchange.ts';
import { presentSite } from '../presenters/site.ts';

/** What pages begin from, and what a new office begins with. */
export function siteRoutes({ site }: Pick<Application, 'site'>, version: string): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/site', async (req, res) => {
    const body = presentSite(await site.read(contextOf(res), {}), version);
    send(req, res, { status: 200, body, headers: { 'Cache-Control': 'no-store' } });
  });
  router.post('/setup', async (req, res) => {
    await site.setUp(contextOf(res), req.body as { office: 'empty' | 'demonstration' });
    const body = presentSite(await site.read(contextOf(res), {}), version);
    send(req, res, { status: 200, body, headers: { 'Cache-Control': 'no-store' } });
  });
  return router;
}

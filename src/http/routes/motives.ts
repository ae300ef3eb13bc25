import { Router } from 'express';
import { sendList } from '../answer.ts';
import type { Application } from '../application.ts';
import { contextOf, queryOf } from '../exchange.ts';
import { presentMotive } from '../presenters/motive.ts';

/** The library of legal grounds that opinions and decisions may quote. */
export function motiveRoutes({ motives }: Application): Router {
  const router = Router();
  router.get('/motives', async (req, res) => {
    const { procedure } = queryOf<{ procedure: string }>(req);
    sendList(req, res, await motives.list(contextOf(res), { procedure }), presentMotive);
  });
  return router;
}

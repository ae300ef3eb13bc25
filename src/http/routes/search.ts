import { Router } from 'express';
import { sendPage } from '../answer.ts';
import type { Application } from '../application.ts';
import { contextOf, queryOf } from '../exchange.ts';
import { presentNamedDossier } from '../presenters/dossierRow.ts';

/** Finding a dossier by whatever a person remembers of it. */
export function searchRoutes({ search }: Pick<Application, 'search'>): Router {
  const router = Router();
  router.get('/search', async (req, res) => {
    const { q, limit, cursor = null } = queryOf<{ q: string; limit: number; cursor?: string }>(req);
    sendPage(
      req,
      res,
      await search.dossiers(contextOf(res), { q, page: { limit, cursor } }),
      presentNamedDossier,
    );
  });
  return router;
}

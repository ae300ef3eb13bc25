import { Router } from 'express';
import { isKnown, send, sendList } from '../answer.ts';
import type { Application, TerritoryKind } from '../application.ts';
import { contextOf, pathOf, queryOf } from '../exchange.ts';
import {
  presentForm,
  presentProcedure,
  presentProcedureRow,
  presentTerritory,
} from '../presenters/procedure.ts';

/** What may be asked for, where, and how it is studied: open to everyone. */
export function procedureRoutes({ procedures, territories }: Application): Router {
  const router = Router();

  router.get('/territories', async (req, res) => {
    const filter = queryOf<{ parent?: string; kind?: TerritoryKind }>(req);
    sendList(req, res, await territories.list(contextOf(res), filter), presentTerritory);
  });
  router.get('/territories/:code', async (req, res) => {
    const territory = await territories.read(contextOf(res), { code: pathOf(req, 'code') });
    send(req, res, { status: 200, body: presentTerritory(territory), headers: {} });
  });
  router.get('/procedures', async (req, res) => {
    sendList(req, res, await procedures.list(contextOf(res), {}), presentProcedureRow);
  });
  router.get('/procedures/:id', async (req, res) => {
    const { version } = queryOf<{ version?: string }>(req);
    const procedure = await procedures.read(contextOf(res), { id: pathOf(req, 'id'), version });
    send(req, res, { status: 200, body: presentProcedure(procedure), headers: {} });
  });
  router.get('/procedures/:id/diagram', async (req, res) => {
    const { version } = queryOf<{ version?: string }>(req);
    const { diagram } = await procedures.read(contextOf(res), { id: pathOf(req, 'id'), version });
    res.type('application/xml').send(diagram);
  });
  router.get('/procedures/:id/forms/:form', async (req, res) => {
    const { version } = queryOf<{ version?: string }>(req);
    const wanted = { id: pathOf(req, 'id'), form: pathOf(req, 'form'), version };
    const form = await procedures.form(contextOf(res), wanted);
    send(req, res, { status: 200, body: presentForm(form), headers: {} });
  });
  router.get('/procedures/:id/forms/:form/validator.js', async (req, res) => {
    const { version } = queryOf<{ version?: string }>(req);
    const wanted = { id: pathOf(req, 'id'), form: pathOf(req, 'form'), version };
    const { code, digest } = await procedures.validator(contextOf(res), wanted);
    const tag = `"${digest}"`;
    // A version never changes; without one, another may come into force tomorrow.
    const keep = version === undefined ? 'no-cache' : 'public, max-age=31536000, immutable';
    res.set({ 'Cache-Control': keep, ETag: tag });
    if (isKnown(req, tag)) res.status(304).end();
    else res.type('text/javascript').send(code);
  });
  return router;
}

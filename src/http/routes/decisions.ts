import { Router } from 'express';
import type { Translate } from '../../locales/translate.ts';
import { send, sendFile, sendList } from '../answer.ts';
import type { Application } from '../application.ts';
import { contextOf, exchangeOf, pathOf } from '../exchange.ts';
import { presentDecision, presentOpinion, presentVerification } from '../presenters/decision.ts';

/** Opinions, decisions and their signed acts; and, for anyone, the check of an act by its code. */
export function decisionRoutes(application: Application, translate: Translate): Router {
  const { decisions, opinions, verification, trust } = application;
  const router = Router();

  router.get('/dossiers/:id/opinions', async (req, res) => {
    sendList(req, res, await opinions.list(contextOf(res), { dossier: pathOf(req, 'id') }), presentOpinion);
  });
  router.get('/dossiers/:id/decisions', async (req, res) => {
    sendList(req, res, await decisions.list(contextOf(res), { dossier: pathOf(req, 'id') }), presentDecision);
  });
  router.get('/decisions/:id/file', async (req, res) => {
    await sendFile(res, await decisions.file(contextOf(res), { id: pathOf(req, 'id') }));
  });
  router.get('/decisions/:id/plans/:document', async (req, res) => {
    const wanted = { id: pathOf(req, 'id'), document: pathOf(req, 'document') };
    await sendFile(res, await decisions.plan(contextOf(res), wanted));
  });
  router.get('/verify/:code', async (req, res) => {
    const found = await verification.verify(contextOf(res), { code: pathOf(req, 'code') });
    const body = presentVerification(found, exchangeOf(res).language, translate);
    send(req, res, { status: 200, body, headers: {} });
  });
  router.get('/trust/root.pem', async (_req, res) => {
    res.type('application/x-pem-file').send(await trust.rootCertificate(contextOf(res), {}));
  });
  return router;
}

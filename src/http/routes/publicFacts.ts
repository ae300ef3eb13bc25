import { type Request, Router } from 'express';
import { DomainError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Translate } from '../../locales/translate.ts';
import { send, sendPage } from '../answer.ts';
import type { Application } from '../application.ts';
import { contextOf, exchangeOf, pathOf, queryOf } from '../exchange.ts';
import {
  presentAssessment,
  presentFileVerification,
  presentFollowed,
  presentLicence,
} from '../presenters/publicFacts.ts';

/** The largest PDF that anyone may bring to be checked: a stamped set of plans. */
const PDF_LIMIT = 50 * 1024 * 1024;

/** What anyone may ask: what a project needs, what was licensed, where a dossier is, whether a file is genuine. */
export function publicRoutes(application: Application, translate: Translate): Router {
  const { procedures, register, follow, verification } = application;
  const router = Router({ strict: true, caseSensitive: true });

  router.post('/procedures/:id/assessment', async (req, res) => {
    const { commune, application: answers = {} } = req.body as { commune: string; application?: JsonObject };
    const input = { id: pathOf(req, 'id'), commune, application: answers };
    const body = presentAssessment(await procedures.assess(contextOf(res), input));
    send(req, res, { status: 200, body, headers: { 'Cache-Control': 'no-store' } });
  });
  router.get('/register', async (req, res) => {
    const { limit, cursor = null, ...filter } = queryOf<RegisterQuery>(req);
    const page = await register.list(contextOf(res), { ...filter, page: { limit, cursor } });
    sendPage(req, res, page, presentLicence);
  });
  router.post('/follow', async (req, res) => {
    const body = presentFollowed(
      await follow.read(contextOf(res), req.body as { number: string; secret: string }),
    );
    send(req, res, { status: 200, body, headers: { 'Cache-Control': 'no-store' } });
  });
  router.post('/verify', async (req, res) => {
    const found = await verification.verifyFile(contextOf(res), { pdf: await readPdf(req) });
    const body = presentFileVerification(found, exchangeOf(res).language, translate);
    send(req, res, { status: 200, body, headers: { 'Cache-Control': 'no-store' } });
  });
  return router;
}

/** Reads the body as it comes, and no further than it may go. @throws DomainError PAYLOAD_TOO_LARGE, EMPTY_FILE */
async function readPdf(req: Request): Promise<Uint8Array> {
  const tooLarge = () => new DomainError('PAYLOAD_TOO_LARGE', { limit: PDF_LIMIT });
  if (Number(req.headers['content-length'] ?? 0) > PDF_LIMIT) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += (chunk as Buffer).length;
    if (size > PDF_LIMIT) throw tooLarge();
    chunks.push(chunk as Buffer);
  }
  if (size === 0) throw new DomainError('EMPTY_FILE');
  return new Uint8Array(Buffer.concat(chunks));
}

interface RegisterQuery {
  territory?: string;
  procedure?: string;
  year?: number;
  limit: number;
  cursor?: string;
}

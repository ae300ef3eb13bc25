import { Router } from 'express';
import type { LocalizedText } from '../../domain/json.ts';
import type { BodyKind } from '../../domain/party.ts';
import { send, sendList } from '../answer.ts';
import type { Application } from '../application.ts';
import { contextOf, pathOf } from '../exchange.ts';
import { once } from '../idempotency.ts';
import { presentBody } from '../presenters/account.ts';

/** The administrations that give opinions or keep a committee's secretariat. */
export function bodyRoutes({ bodies, idempotency }: Application): Router {
  const router = Router();

  router.get('/bodies', async (req, res) => {
    sendList(req, res, await bodies.list(contextOf(res), {}), presentBody);
  });
  router.post(
    '/bodies',
    once(idempotency, {
      async run(context, req) {
        const body = await bodies.open(context, req.body as NewBody);
        return { status: 201, body: presentBody(body), headers: {} };
      },
      async redraw(context, { id }) {
        return { status: 201, body: presentBody(await bodies.read(context, { id })), headers: {} };
      },
    }),
  );
  router.get('/bodies/:id', async (req, res) => {
    const body = await bodies.read(contextOf(res), { id: pathOf(req, 'id') });
    send(req, res, { status: 200, body: presentBody(body), headers: {} });
  });
  router.patch('/bodies/:id', async (req, res) => {
    const change = req.body as { name?: LocalizedText; territories?: string[]; active?: boolean };
    const body = await bodies.change(contextOf(res), { ...change, id: pathOf(req, 'id') });
    send(req, res, { status: 200, body: presentBody(body), headers: {} });
  });
  return router;
}

interface NewBody {
  id: string;
  kind: BodyKind;
  name: LocalizedText;
  territories: string[];
}

import { Router } from 'express';
import { send, sendList, sendPage } from '../answer.ts';
import type { Application } from '../application.ts';
import { contextOf, pathOf, queryOf } from '../exchange.ts';
import { once } from '../idempotency.ts';
import { presentMessage, presentRemark } from '../presenters/conversation.ts';

/** What the two sides of a dossier say to each other: remarks with their answers, and messages. */
export function conversationRoutes({ remarks, messages, idempotency }: Application): Router {
  const router = Router();

  router.get('/dossiers/:id/remarks', async (req, res) => {
    sendList(req, res, await remarks.list(contextOf(res), { dossier: pathOf(req, 'id') }), presentRemark);
  });
  router.put('/dossiers/:id/remarks/:remark/answer', async (req, res) => {
    const { text, document } = req.body as { text: string; document?: string | null };
    const input = { dossier: pathOf(req, 'id'), remark: pathOf(req, 'remark'), text, document };
    const answered = await remarks.answer(contextOf(res), input);
    send(req, res, { status: 200, body: presentRemark(answered), headers: {} });
  });

  router.get('/dossiers/:id/messages', async (req, res) => {
    const { limit, cursor = null } = queryOf<{ limit: number; cursor?: string }>(req);
    const wanted = { dossier: pathOf(req, 'id'), page: { limit, cursor } };
    sendPage(req, res, await messages.list(contextOf(res), wanted), presentMessage);
  });
  router.post(
    '/dossiers/:id/messages',
    once(idempotency, {
      async run(context, req) {
        const { text } = req.body as { text: string };
        const posted = await messages.post(context, { dossier: pathOf(req, 'id'), text });
        return { status: 201, body: presentMessage(posted), headers: {} };
      },
      async redraw(context, made) {
        return { status: 201, body: presentMessage(await messages.read(context, made)), headers: {} };
      },
    }),
  );
  router.put('/dossiers/:id/messages/read', async (req, res) => {
    await messages.markRead(contextOf(res), { dossier: pathOf(req, 'id') });
    res.status(204).end();
  });
  return router;
}

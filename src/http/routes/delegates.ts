import { Router } from 'express';
import { send } from '../answer.ts';
import type { Application, NameDelegateInput } from '../application.ts';
import { contextOf, pathOf } from '../exchange.ts';
import { once } from '../idempotency.ts';
import { presentDelegation } from '../presenters/delegation.ts';

/** Who may act for the person signed in, and for whom that person may act. */
export function delegateRoutes({ delegates, idempotency }: Application): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/me/delegates', async (req, res) => {
    const { given, received } = await delegates.list(contextOf(res), {});
    const body = { given: given.map(presentDelegation), received: received.map(presentDelegation) };
    send(req, res, { status: 200, body, headers: {} });
  });
  router.post(
    '/me/delegates',
    once(idempotency, {
      async run(context, req) {
        const { from, until, ...rest } = req.body as NewDelegate;
        const input: NameDelegateInput = {
          ...rest,
          from: from === undefined ? undefined : Date.parse(from),
          until: until == null ? null : Date.parse(until),
        };
        const made = await delegates.name(context, input);
        return { status: 201, body: presentDelegation(made), headers: {} };
      },
      async redraw(context, { id }) {
        const made = (await delegates.list(context, {})).given.find((one) => one.id === id);
        return { status: 201, body: made === undefined ? null : presentDelegation(made), headers: {} };
      },
    }),
  );
  router.delete('/me/delegates/:id', async (req, res) => {
    await delegates.remove(contextOf(res), { id: pathOf(req, 'id') });
    res.status(204).end();
  });
  return router;
}

interface NewDelegate {
  email: string;
  procedure?: string | null;
  from?: string;
  until?: string | null;
}

import { type Request, type Response, Router } from 'express';
import { ifVersionOf, send, sendPage, versioned } from '../answer.ts';
import type {
  Application,
  ChangeAccountInput,
  ChangeProfileInput,
  OpenAccountInput,
  RegisterInput,
  SavedFilter,
  Session,
} from '../application.ts';
import { contextOf, pathOf, queryOf } from '../exchange.ts';
import { once } from '../idempotency.ts';
import { presentAccount, presentFilters, presentSession } from '../presenters/account.ts';
import { forgetRefreshToken, keepRefreshToken, refreshTokenOf } from '../refreshCookie.ts';

/** Signing up and in, the own profile, and the accounts that administrators open. */
export function accountRoutes({ accounts, idempotency, live }: Application): Router {
  const router = Router();

  router.post('/accounts', async (req, res) => {
    const account = await accounts.register(contextOf(res), req.body as RegisterInput);
    send(req, res, versioned(201, presentAccount(account), account.version));
  });
  router.post('/accounts/activation', async (req, res) => {
    const { email } = await accounts.activate(
      contextOf(res),
      req.body as { secret: string; password: string; email?: string },
    );
    send(req, res, { status: 200, body: { email }, headers: { 'Cache-Control': 'no-store' } });
  });
  router.post('/sessions', async (req, res) => {
    const { email, password, keep } = req.body as { email: string; password: string; keep: string };
    const session = await accounts.login(contextOf(res), {
      email,
      password,
      address: req.ip ?? '',
      inBrowser: keep === 'cookie',
    });
    sendSession(req, res, session, keep === 'cookie');
  });
  router.post('/sessions/refresh', async (req, res) => {
    const held = refreshTokenOf(req);
    const session = await accounts.refresh(contextOf(res), { refreshToken: held.token });
    sendSession(req, res, session, held.inCookie);
  });
  router.delete('/sessions/current', async (req, res) => {
    const held = refreshTokenOf(req);
    if (held.inCookie) forgetRefreshToken(req, res);
    await accounts.logout(contextOf(res), { refreshToken: held.token });
    res.status(204).end();
  });

  router.post('/sessions/confirmation', async (req, res) => {
    const confirmed = await accounts.confirm(contextOf(res), req.body as { password: string });
    send(req, res, { status: 201, body: { ...confirmed }, headers: { 'Cache-Control': 'no-store' } });
  });

  router.delete('/me/sessions', async (_req, res) => {
    await accounts.endSessions(contextOf(res), {});
    res.status(204).end();
  });
  router.get('/me', async (req, res) => {
    // A page asks this first: the stream that it opens later then tells whether something came in between.
    res.set('Last-Event-ID', String(await live.position(contextOf(res), {})));
    const account = await accounts.profile(contextOf(res), {});
    send(req, res, versioned(200, presentAccount(account), account.version));
  });
  router.patch('/me', async (req, res) => {
    const change = req.body as ChangeProfileInput;
    const account = await accounts.changeProfile(contextOf(res), { ...change, ifVersion: ifVersionOf(req) });
    send(req, res, versioned(200, presentAccount(account), account.version));
  });

  router.get('/me/filters', async (req, res) => {
    send(req, res, {
      status: 200,
      body: presentFilters(await accounts.filters(contextOf(res), {})),
      headers: {},
    });
  });
  router.put('/me/filters', async (req, res) => {
    const filters = (req.body as { items: SavedFilter[] }).items;
    const body = presentFilters(await accounts.saveFilters(contextOf(res), { filters }));
    send(req, res, { status: 200, body, headers: {} });
  });

  router.get('/admin/accounts', async (req, res) => {
    const { limit, cursor = null, ...filter } = queryOf<AccountQuery>(req);
    const page = await accounts.list(contextOf(res), { ...filter, page: { limit, cursor } });
    sendPage(req, res, page, presentAccount);
  });
  router.post(
    '/admin/accounts',
    once(idempotency, {
      async run(context, req) {
        const { account, secret } = await accounts.open(context, req.body as OpenAccountInput);
        return { status: 201, body: { account: presentAccount(account), secret }, headers: {} };
      },
      async redraw(context, { id }) {
        const account = await accounts.read(context, { id });
        return { status: 201, body: { account: presentAccount(account), secret: null }, headers: {} };
      },
      // The secret is told once and kept nowhere in clear.
      kept: (answer) => ({ ...answer, body: { ...(answer.body as object), secret: null } }),
    }),
  );
  router.post(
    '/admin/accounts/:id/secret',
    once(idempotency, {
      async run(context, req) {
        const { account, secret } = await accounts.renewSecret(context, { id: pathOf(req, 'id') });
        return { status: 201, body: { account: presentAccount(account), secret }, headers: {} };
      },
      async redraw(context, { id }) {
        const account = await accounts.read(context, { id });
        return { status: 201, body: { account: presentAccount(account), secret: null }, headers: {} };
      },
      kept: (answer) => ({ ...answer, body: { ...(answer.body as object), secret: null } }),
    }),
  );
  router.get('/admin/accounts/:id', async (req, res) => {
    const account = await accounts.read(contextOf(res), { id: pathOf(req, 'id') });
    send(req, res, versioned(200, presentAccount(account), account.version));
  });
  router.patch('/admin/accounts/:id', async (req, res) => {
    const change = req.body as Omit<ChangeAccountInput, 'id'>;
    const input = { ...change, id: pathOf(req, 'id'), ifVersion: ifVersionOf(req) };
    const account = await accounts.change(contextOf(res), input);
    send(req, res, versioned(200, presentAccount(account), account.version));
  });
  return router;
}

function sendSession(req: Request, res: Response, session: Session, inCookie: boolean): void {
  if (inCookie) keepRefreshToken(req, res, session.refreshToken);
  const body = { ...presentSession(session), ...(inCookie && { refreshToken: null }) };
  send(req, res, { status: 201, body, headers: { 'Cache-Control': 'no-store' } });
}

interface AccountQuery {
  q?: string;
  role?: string;
  territory?: string;
  body?: string;
  limit: number;
  cursor?: string;
}

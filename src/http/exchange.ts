import type { Request, Response } from 'express';
import type { Language } from '../domain/json.ts';
import type { Actor } from '../domain/party.ts';
import type { RequestContext } from './application.ts';
import type { Operation } from './contract.ts';

/** Who acts before anyone has signed in: nobody, with no grant. */
export const ANONYMOUS: Actor = { account: 'anonymous', name: '', grants: [] };

/** What is known of one request and its answer while they live. */
export interface Exchange {
  requestId: string;
  language: Language;
  /** What the request asks for, once its address is understood; null outside the API. */
  operation: Operation | null;
  /** The address with its variables filled in, whatever the spelling of the request. */
  resource: string;
  /** The route as logs and measures name it: never with what the address contained. */
  route: string;
  actor: Actor;
}

/** Notes what is known of a request at its very beginning. */
export function beginExchange(res: Response, requestId: string, language: Language): Exchange {
  const exchange: Exchange = {
    requestId,
    language,
    operation: null,
    resource: '',
    route: '(unknown)',
    actor: ANONYMOUS,
  };
  res.locals.exchange = exchange;
  return exchange;
}

/** Finds again what is known of the request being answered. */
export function exchangeOf(res: Response): Exchange {
  return res.locals.exchange as Exchange;
}

/** Makes the context that use cases ask for. */
export function contextOf(res: Response, idempotency: RequestContext['idempotency'] = null): RequestContext {
  const { actor, language, requestId } = exchangeOf(res);
  const confirmation = res.req.get('Signature-Confirmation') ?? null;
  return { actor, language, requestId, idempotency, confirmation };
}

/** A path variable that the contract has checked. */
export function pathOf(req: Request, name: string): string {
  const value = req.params[name];
  if (typeof value !== 'string') throw new Error(`the route has no variable ${name}`);
  return value;
}

/** Query parameters as the contract has checked and converted them. */
export function queryOf<T>(req: Request): T {
  return req.query as unknown as T;
}

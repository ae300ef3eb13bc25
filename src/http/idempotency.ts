import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import canonicalize from 'canonicalize';
import type { Request, RequestHandler, Response } from 'express';
import { DomainError } from '../domain/errors.ts';
import { send } from './answer.ts';
import type { Application, RequestContext, StoredAnswer, StoredRequest } from './application.ts';
import { contextOf, exchangeOf } from './exchange.ts';

/** What a route does once under an Idempotency-Key, however often it is asked. */
export interface OnceOnly {
  run(context: RequestContext, req: Request): Promise<StoredAnswer>;
  /** Draws the answer again from what was made, when the node stopped between doing and answering. */
  redraw(context: RequestContext, made: { kind: string; id: string }): Promise<StoredAnswer>;
  /** What may be kept of the answer, when some of it must not be. */
  kept?(answer: StoredAnswer): StoredAnswer;
}

type Ledger = Application['idempotency'];

const WAIT_MS = 100;
const WAITS = 30;

/**
 * Answers a request that creates or completes something: the first time by doing it, then from what was kept. Whether a key
 * is needed at all is the contract's affair.
 */
export function once(ledger: Ledger, route: OnceOnly): RequestHandler {
  return async (req, res) => {
    const key = req.headers['idempotency-key'];
    if (typeof key !== 'string') {
      send(req, res, await route.run(contextOf(res), req));
      return;
    }
    const id = requestKey(res, key);
    const fingerprint = createHash('sha256')
      .update(canonicalize(req.body ?? null) ?? '')
      .digest('hex');
    const context = contextOf(res, { id, fingerprint });
    const earlier = await ledger.find(id);
    if (earlier !== null) return replay(ledger, req, res, route, context, requireSame(earlier, fingerprint));
    let answer: StoredAnswer;
    try {
      answer = await route.run(context, req);
    } catch (error) {
      const done = await doneMeanwhile(ledger, id, error);
      if (done === null) throw error;
      return replay(ledger, req, res, route, context, requireSame(done, fingerprint));
    }
    await ledger.keep(id, route.kept?.(answer) ?? answer);
    send(req, res, answer);
  };
}

/** The name under which a request with a key is kept: one person, one address, one key. */
export function requestKey(res: Response, key: string): string {
  const { actor, operation, resource } = exchangeOf(res);
  return `${actor.account}:${operation?.method} ${resource}:${key}`;
}

/** @throws DomainError IDEMPOTENCY_KEY_REUSED */
export function requireSame(earlier: StoredRequest, fingerprint: string): StoredRequest {
  if (earlier.fingerprint !== fingerprint) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
  return earlier;
}

/** Answers from what an earlier request did. */
export async function replay(
  ledger: Ledger,
  req: Request,
  res: Response,
  route: Pick<OnceOnly, 'redraw'>,
  context: RequestContext,
  earlier: StoredRequest,
): Promise<void> {
  const answer =
    (await keptAnswer(ledger, earlier)) ??
    (await route.redraw({ ...context, idempotency: null }, earlier.resource));
  res.setHeader('Idempotency-Replayed', 'true');
  send(req, res, answer);
}

/** The answer of the first copy, waited for while that copy may still be drawing it; null when it never came. */
async function keptAnswer(ledger: Ledger, earlier: StoredRequest): Promise<StoredAnswer | null> {
  let { response } = earlier;
  for (let wait = 0; response === null && wait < WAITS; wait += 1) {
    await pause(WAIT_MS);
    response = (await ledger.find(earlier.id))?.response ?? null;
  }
  return response;
}

/**
 * A refusal may only mean that the same request, sent twice, was done by its first copy: then its outcome, else null.
 * A copy that is still at work is waited for.
 */
export async function doneMeanwhile(
  ledger: Ledger,
  id: string,
  refusal: unknown,
): Promise<StoredRequest | null> {
  if (!(refusal instanceof DomainError)) return null;
  const waits = refusal.code === 'REQUEST_IN_PROGRESS' ? WAITS : 1;
  for (let wait = 0; wait < waits; wait += 1) {
    const found = await ledger.find(id);
    if (found !== null) return found;
    if (wait + 1 < waits) await pause(WAIT_MS);
  }
  return null;
}

import type { RequestHandler } from 'express';
import { DomainError } from '../../domain/errors.ts';
import type { Application } from '../application.ts';
import { exchangeOf } from '../exchange.ts';

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** Finds out who asks, by the Authorization header alone. Every operation needs it unless the contract calls it public. */
export function authenticate(accounts: Pick<Application['accounts'], 'authenticate'>): RequestHandler {
  return async (req, res, next) => {
    const exchange = exchangeOf(res);
    if (exchange.operation?.isPublic === true) return next();
    const token = BEARER.exec(req.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new DomainError('UNAUTHENTICATED');
    exchange.actor = await accounts.authenticate(token);
    next();
  };
}

import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { beginExchange } from '../exchange.ts';
import { negotiateLanguage } from '../language.ts';

/** Gives every request its number and the language of its answer. */
export function identify(): RequestHandler {
  return (req, res, next) => {
    const requestId = randomUUID();
    const language = negotiateLanguage(req.headers['accept-language']);
    beginExchange(res, requestId, language);
    res.setHeader('X-Request-Id', requestId);
    res.setHeader('Vary', 'Accept-Language');
    next();
  };
}

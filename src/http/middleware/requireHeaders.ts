import type { RequestHandler } from 'express';
import { DomainError } from '../../domain/errors.ts';
import { exchangeOf } from '../exchange.ts';

/**
 * Refuses what lacks a header that the contract calls for.
 * @throws DomainError IDEMPOTENCY_KEY_REQUIRED, PRECONDITION_REQUIRED
 */
export function requireHeaders(): RequestHandler {
  return (req, res, next) => {
    const { operation } = exchangeOf(res);
    if (operation?.idempotencyKey === 'required' && !req.headers['idempotency-key']) {
      throw new DomainError('IDEMPOTENCY_KEY_REQUIRED');
    }
    if (operation?.needsIfMatch === true && !req.headers['if-match']) {
      throw new DomainError('PRECONDITION_REQUIRED');
    }
    next();
  };
}

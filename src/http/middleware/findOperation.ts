import type { RequestHandler } from 'express';
import { DomainError } from '../../domain/errors.ts';
import { API_ROOT, type Contract } from '../contract.ts';
import { exchangeOf } from '../exchange.ts';

/**
 * Finds in the contract what is asked for: what is not in it does not exist.
 * @throws DomainError ROUTE_NOT_FOUND, METHOD_NOT_ALLOWED, MALFORMED_REQUEST
 */
export function findOperation(contract: Contract): RequestHandler {
  return (req, res, next) => {
    const match = contract.match(req.method, req.path);
    if (match.kind === 'unknown') throw new DomainError('ROUTE_NOT_FOUND');
    if (match.kind === 'otherMethods') throw new DomainError('METHOD_NOT_ALLOWED', { allow: match.allow });
    const exchange = exchangeOf(res);
    exchange.operation = match.operation;
    exchange.resource = `${API_ROOT}${match.resource}`;
    exchange.route = `${API_ROOT}${match.operation.template}`;
    // HEAD is GET without a body; node leaves the body out by itself.
    if (req.method === 'HEAD') req.method = 'GET';
    next();
  };
}

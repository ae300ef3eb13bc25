import type { RequestHandler } from 'express';
import { DomainError } from '../../domain/errors.ts';

/** Refuses addresses that are badly encoded or carry a null character, before anything looks at them. */
export function refuseOddAddresses(): RequestHandler {
  return (req, _res, next) => {
    let address: string;
    try {
      address = decodeURIComponent(req.originalUrl.replaceAll('+', ' '));
    } catch (cause) {
      throw new DomainError('MALFORMED_REQUEST', { reason: 'address' }, { cause });
    }
    if (address.includes('\0')) throw new DomainError('MALFORMED_REQUEST', { reason: 'nullByte' });
    next();
  };
}

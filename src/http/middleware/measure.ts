import type { RequestHandler } from 'express';
import { exchangeOf } from '../exchange.ts';
import type { Metrics } from '../metrics.ts';

/** Measures every request by its route and outcome. */
export function measure({ duration, inFlight }: Metrics): RequestHandler {
  return (req, res, next) => {
    const stop = duration.startTimer();
    // A method of one's own making would make a series of its own.
    const method = KNOWN_METHODS.has(req.method) ? req.method : 'other';
    inFlight.inc();
    res.once('close', () => {
      inFlight.dec();
      stop({ method, route: exchangeOf(res).route, status: String(res.statusCode) });
    });
    next();
  };
}

const KNOWN_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

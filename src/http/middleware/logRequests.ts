import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { exchangeOf } from '../exchange.ts';

/**
 * Logs each answer with its route, never the address itself: addresses, queries, headers and bodies may carry personal
 * data, codes and tokens (law 09-08).
 */
export function logRequests(log: Logger): RequestHandler {
  const middleware = pinoHttp<Parameters<RequestHandler>[0], Response>({
    logger: log,
    quietReqLogger: true,
    quietResLogger: true,
    genReqId: (_req, res) => exchangeOf(res).requestId,
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
    customProps: (req, res) => ({
      method: req.method,
      route: exchangeOf(res).route,
      status: res.statusCode,
      account: exchangeOf(res).actor.account,
    }),
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'failed',
    // What was thrown is logged once, where it is turned into a problem.
    serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
  });
  return (req, res, next) => {
    middleware(req, res);
    next();
  };
}

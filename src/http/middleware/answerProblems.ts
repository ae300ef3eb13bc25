import type { ErrorRequestHandler, Request } from 'express';
import type { Logger } from 'pino';
import { DomainError } from '../../domain/errors.ts';
import type { Translate } from '../../locales/translate.ts';
import { exchangeOf } from '../exchange.ts';
import { languageNamed } from '../language.ts';
import type { Metrics } from '../metrics.ts';
import { problemPage } from '../pages/problemPage.ts';
import { problemHeaders, problemOf, refusalOf } from '../problem.ts';
import { contractError } from './validate.ts';

/**
 * Answers every refusal, and every fault, as problem+json, or as a page to a person at a browser; only the log learns
 * what a fault was.
 */
export function answerProblems(tools: {
  log: Logger;
  translate: Translate;
  metrics: Metrics;
  /** Tells whether a fault is that the store does not answer, which passes. */
  isOutage: (error: unknown) => boolean;
}): ErrorRequestHandler {
  const { log, translate, metrics, isOutage } = tools;
  return (error, req, res, _next) => {
    const { requestId, language } = exchangeOf(res);
    const refusal = isOutage(error)
      ? new DomainError('UNAVAILABLE', {}, { cause: error })
      : refusalOf(contractError(error));
    metrics.refusals.inc({ code: refusal.code });
    if (refusal.status >= 500) {
      const { route } = exchangeOf(res);
      log.error(
        { requestId, code: refusal.code, route, fault: describeFault(refusal.cause ?? refusal) },
        'fault',
      );
    }
    // Whatever is left of an upload is read away, so that the answer arrives.
    if (!req.readableEnded) req.resume();
    if (res.headersSent) {
      res.destroy();
      return;
    }
    for (const name of ['ETag', 'Content-Length', 'Content-Disposition', 'Location', 'Link'])
      res.removeHeader(name);
    res.status(refusal.status).set(problemHeaders(refusal)).set('Cache-Control', 'no-store').vary('Accept');
    if (isForReading(req)) {
      const spoken = languageNamed(req.query.lang) ?? language;
      const problem = problemOf(refusal, { language: spoken, requestId, translate });
      const say = (key: string) => translate(spoken, `page.${key}`, {});
      res
        .set('Content-Language', spoken)
        .type('html')
        .send(problemPage(spoken, say, problem, requestId));
      return;
    }
    res
      .set('Content-Language', language)
      .type('application/problem+json')
      .json(problemOf(refusal, { language, requestId, translate }));
  };
}

/** A browser that opens an address asks for HTML first; whoever asks for anything, or calls the API, is a program. */
function isForReading(req: Request): boolean {
  if (!['GET', 'HEAD'].includes(req.method) || /^\/api(?:\/|$)/.test(req.path)) return false;
  return req.accepts(['application/problem+json', 'application/json', 'text/html']) === 'text/html';
}

/** What the log keeps of a fault: databases and mailers quote e-mail addresses in their messages, so those are masked. */
function describeFault(fault: unknown): { name: string; stack: string } {
  const error = fault instanceof Error ? fault : new Error(String(fault));
  return {
    name: error.name,
    stack: (error.stack ?? error.message).replace(/[^\s"'<>@]+@[^\s"'<>@]+/g, '<e-mail>'),
  };
}

import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { Express } from 'express';
import { DomainError } from '../domain/errors.ts';
import type { Translate } from '../locales/translate.ts';
import { DEFAULT_LANGUAGE } from './language.ts';
import { problemHeaders, problemOf } from './problem.ts';

const MAX_HEADERS = 16_384;
/** Uploads of 200 MB over a slow line still pass. */
const REQUEST_TIMEOUT_MS = 15 * 60_000;
const HEADERS_TIMEOUT_MS = 20_000;
const CLOSE_IDLE_EVERY_MS = 50;

/**
 * Makes the server, not yet listening. Requests too broken to reach the application (endless headers, no HTTP at all) are
 * answered as problems too.
 */
export function createHttpServer(app: Express, translate: Translate): Server {
  const server = createServer(
    { maxHeaderSize: MAX_HEADERS, requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: HEADERS_TIMEOUT_MS },
    app,
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const refusal = new DomainError('MALFORMED_REQUEST', { reason: 'headers' }, { cause: error });
    const { body, headers } = farewell(refusal, translate);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    socket.end(
      [`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`, ...lines, '', body].join('\r\n'),
    );
  });
  return server;
}

/**
 * Lets requests under way be answered and takes no other, on new connections or on those kept open. Whatever still goes on
 * after `limitMs` is cut off.
 */
export async function closeHttpServer(server: Server, translate: Translate, limitMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.removeAllListeners('request');
  server.on('request', (req, res) => {
    req.resume();
    const refusal = new DomainError('UNAVAILABLE');
    const { body, headers } = farewell(refusal, translate);
    res.writeHead(refusal.status, headers).end(body);
  });
  // A connection whose last answer has gone out would be kept for the next request.
  const idle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
  const cut = setTimeout(() => server.closeAllConnections(), limitMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}

/** A problem as the last answer on a connection that the application never sees. */
function farewell(refusal: DomainError, translate: Translate) {
  const about = { language: DEFAULT_LANGUAGE, requestId: crypto.randomUUID(), translate };
  const body = JSON.stringify(problemOf(refusal, about));
  const headers = {
    ...problemHeaders(refusal),
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Language': DEFAULT_LANGUAGE,
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  };
  return { body, headers };
}

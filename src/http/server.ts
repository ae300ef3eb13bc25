import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { Express } from 'express';
import { DomainError } from '../domain/errors.ts';
import type { Translate } from '../locales/translate.ts';
import { DEFAULT_LANGUAGE } from './language.ts';
import { problemOf } from './problem.ts';

const MAX_HEADERS = 16_384;
/** Uploads of 200 MB over a slow line still pass. */
const REQUEST_TIMEOUT_MS = 15 * 60_000;
const HEADERS_TIMEOUT_MS = 20_000;

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
    const requestId = crypto.randomUUID();
    const body = JSON.stringify(problemOf(refusal, { language: DEFAULT_LANGUAGE, requestId, translate }));
    socket.end(
      [
        `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
        'Content-Type: application/problem+json; charset=utf-8',
        `Content-Language: ${DEFAULT_LANGUAGE}`,
        `Content-Length: ${Buffer.byteLength(body)}`,
        'Connection: close',
        '',
        body,
      ].join('\r\n'),
    );
  });
  return server;
}

import compression from 'compression';
import type { RequestHandler } from 'express';

/** Smaller answers are sent as they are: packing them costs more than it spares. */
const THRESHOLD = 4_000;
const PACKED = /^(?:application\/(?:json|xml)|text\/javascript|text\/csv)\b/;

/**
 * Compresses what is read: lists, diagrams, the code of forms. Never what a POST answers, where a secret may stand beside
 * what the asker wrote (BREACH), nor streams of changes, nor files, which are packed already.
 */
export function compressReads(): RequestHandler {
  return compression({
    threshold: THRESHOLD,
    filter: (req, res) => req.method === 'GET' && PACKED.test(String(res.getHeader('content-type') ?? '')),
  });
}

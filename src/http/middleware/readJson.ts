import express, { type RequestHandler, Router } from 'express';
import { DomainError } from '../../domain/errors.ts';
import { exchangeOf } from '../exchange.ts';

/** The largest JSON body, in bytes. */
const LIMIT = 1_000_000;
const DEEPEST = 32;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a JSON body of at most 1 MB and refuses what no form of ours sends: other types of content, null characters, keys
 * that could reach a prototype or pass for a database operator, and nesting without end.
 */
export function readJson(): RequestHandler {
  return Router().use(
    (req, res, next) => {
      const types = exchangeOf(res).operation?.bodyTypes ?? [];
      const type = (req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
      const hasBody =
        req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
      if (hasBody && !types.includes(type)) {
        throw new DomainError('MALFORMED_REQUEST', { reason: 'contentType', accepted: types });
      }
      next();
    },
    express.json({ limit: LIMIT, strict: false, type: 'application/json' }),
    (req, res, next) => {
      const { operation } = exchangeOf(res);
      if (req.body !== undefined) checkPlain(req.body);
      // An operation whose body may be left out takes none for an empty one.
      else if (operation?.bodyTypes.includes('application/json')) req.body = {};
      next();
    },
  );
}

/** @throws DomainError MALFORMED_REQUEST */
function checkPlain(body: unknown): void {
  let level = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw new DomainError('MALFORMED_REQUEST', { reason: 'tooDeep' });
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'string') refuseNull(value);
      // `1e999` reads as Infinity, which no JSON can say again.
      if (typeof value === 'number' && !Number.isFinite(value)) {
        throw new DomainError('MALFORMED_REQUEST', { reason: 'json' });
      }
      if (typeof value !== 'object' || value === null) continue;
      if (!Array.isArray(value)) for (const key of Object.keys(value)) refuseKey(key);
      for (const child of Object.values(value)) below.push(child);
    }
    level = below;
  }
}

function refuseNull(text: string): void {
  if (text.includes('\0')) throw new DomainError('MALFORMED_REQUEST', { reason: 'nullByte' });
}

function refuseKey(key: string): void {
  refuseNull(key);
  if (FORBIDDEN_KEYS.has(key) || key.startsWith('$')) {
    throw new DomainError('MALFORMED_REQUEST', { reason: 'forbiddenKey' });
  }
}

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { DomainError } from '../domain/errors.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { FileAnswer, Page, StoredAnswer } from './application.ts';
import { exchangeOf } from './exchange.ts';

/** A JSON answer with an entity tag, so that it can be changed safely and spared when unchanged. */
export function versioned(
  status: number,
  body: JsonObject,
  version: number,
  headers: Record<string, string> = {},
): StoredAnswer {
  return { status, body, headers: { ...headers, ETag: entityTag(version, body) } };
}

/**
 * `"<version>-<digest>"`. The version is what If-Match compares; the digest changes with anything shown beside the record
 * (its tasks, its stage), so that If-None-Match never hides a change.
 */
export function entityTag(version: number, body: Json): string {
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 12);
  return `"${version}-${digest}"`;
}

/** The version that If-Match names; undefined when there is none. */
export function ifVersionOf(req: Request): number | undefined {
  const version = /^"(\d{1,15})(?:-[\w-]+)?"$/.exec(req.headers['if-match'] ?? '')?.[1];
  return version === undefined ? undefined : Number(version);
}

/** The version that If-Match names, where the contract asks for one. @throws DomainError PRECONDITION_REQUIRED */
export function requiredVersionOf(req: Request): number {
  const version = ifVersionOf(req);
  if (version === undefined) throw new DomainError('PRECONDITION_REQUIRED');
  return version;
}

/** Sends an answer, or 304 when the reader has it already. Answers are for one person: nothing in between keeps them. */
export function send(req: Request, res: Response, { status, body, headers }: StoredAnswer): void {
  res.set({ 'Cache-Control': 'private, no-cache', 'Content-Language': exchangeOf(res).language, ...headers });
  if (status === 200 && headers.ETag !== undefined && isKnown(req, headers.ETag)) {
    res.status(304).end();
  } else {
    res.status(status).json(body);
  }
}

/** Sends one page of a list, with the address of the following one. */
export function sendPage<T>(
  req: Request,
  res: Response,
  { items, next }: Page<T>,
  present: (item: T) => JsonObject,
): void {
  if (next !== null) linkNext(req, res, 'cursor', next);
  send(req, res, { status: 200, body: { items: items.map(present), next }, headers: {} });
}

/** Sends a list that is always whole. */
export function sendList<T>(req: Request, res: Response, items: T[], present: (item: T) => JsonObject): void {
  sendPage(req, res, { items, next: null }, present);
}

/** Tells in a `Link` header where the following page is. */
export function linkNext(req: Request, res: Response, parameter: string, value: string): void {
  const address = new URL(req.originalUrl, 'http://localhost');
  address.searchParams.set(parameter, value);
  res.setHeader('Link', `<${address.pathname}${address.search}>; rel="next"`);
}

/** Sends a file to be saved under its own name, whatever the alphabet. */
export async function sendFile(
  res: Response,
  { fileName, mediaType, content }: FileAnswer,
  headers: Record<string, string> = {},
): Promise<void> {
  res.attachment(fileName.replace(/[\r\n"\\/]/g, '_'));
  res.set({
    'Content-Type': mediaType,
    'Cache-Control': 'private, no-cache',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    ...headers,
  });
  if (content instanceof Readable) {
    await pipeline(content, res);
  } else {
    res.setHeader('Content-Length', content.byteLength);
    res.end(content);
  }
}

/** Tells whether If-None-Match names this entity tag (RFC 9110, 13.1.2: compared weakly). */
export function isKnown(req: Request, tag: string): boolean {
  const known = req.headers['if-none-match'];
  if (known === undefined) return false;
  return known.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);
}

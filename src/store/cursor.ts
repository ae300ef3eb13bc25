import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { DomainError } from '../domain/errors.ts';

/** Where a page ended: the sort value and identifier of its last item. */
export interface Position {
  value: number;
  id: string;
}

const LONGEST = 1000;

/** Names a list by what it shows, so that a cursor is only good for the list that issued it. */
export function listFingerprint(list: string, filter: object): string {
  const text = canonicalize({ list, filter }) ?? list;
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/** Makes the opaque cursor of the page after a position. */
export function encodeCursor(list: string, position: Position): string {
  return Buffer.from(JSON.stringify([list, position.value, position.id])).toString('base64url');
}

/** Reads a cursor back. @throws DomainError INVALID_CURSOR when this list did not issue it. */
export function decodeCursor(list: string, cursor: string): Position {
  const [issuer, value, id, ...rest] = parse(cursor);
  const isOurs = issuer === list && Number.isSafeInteger(value) && typeof id === 'string' && id !== '';
  if (!isOurs || rest.length > 0 || encodeCursor(list, { value, id } as Position) !== cursor) {
    throw new DomainError('INVALID_CURSOR');
  }
  return { value, id } as Position;
}

function parse(cursor: string): unknown[] {
  try {
    const parsed: unknown =
      cursor.length <= LONGEST ? JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) : null;
    return Array.isArray(parsed) ? parsed : [];
  } catch (cause) {
    throw new DomainError('INVALID_CURSOR', {}, { cause });
  }
}

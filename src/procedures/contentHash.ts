import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { ProcedureSource } from './types.ts';

/** SHA-256 of all that a procedure is, in canonical JSON (RFC 8785): the address of its published version. */
export function contentHash({ diagram, settings, forms, decisions }: ProcedureSource): string {
  const text = canonicalize({ diagram, settings, forms, decisions });
  if (text === undefined) throw new TypeError('a procedure is JSON');
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

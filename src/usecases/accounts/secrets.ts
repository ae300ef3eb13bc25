import { createHash, randomBytes } from 'node:crypto';

/** Makes a secret nobody can guess, safe in URLs. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret: enough to recognise it, not to use it. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

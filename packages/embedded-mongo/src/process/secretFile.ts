import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const fileName = 'secret';
const leastCharacters = 24;

/**
 * Gives the secret that clients of a standalone store sign in with. It stays the same from start to start, so that they
 * come back by themselves: the one given, else that of the file `secret` in the directory, made on the first start for
 * its owner's eyes only.
 *
 * @throws Error when the secret is shorter than 24 characters or has others than visible ASCII ones
 */
export function stableSecret(
  directory: string,
  given: string | undefined,
  log: (line: string) => void,
): string {
  if (given !== undefined) return checked(given, 'the secret given');
  const file = join(directory, fileName);
  const kept = readSecret(file) ?? makeSecret(file);
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    chmodSync(file, 0o600);
    log(
      `${file} could be read by others and no longer can: give the store a new secret if they may have read it`,
    );
  }
  return checked(kept, file);
}

/** The secret kept in a directory, or undefined when it has none. */
export function keptSecret(directory: string): string | undefined {
  return readSecret(join(directory, fileName));
}

function readSecret(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written aside and linked into place, so that a start that dies leaves a whole secret or none. */
function makeSecret(file: string): string {
  const secret = randomBytes(24).toString('base64url');
  const draft = `${file}.${process.pid}`;
  const descriptor = openSync(draft, 'w', 0o600);
  writeSync(descriptor, secret);
  fsyncSync(descriptor);
  closeSync(descriptor);
  linkSync(draft, file);
  unlinkSync(draft);
  return secret;
}

/** What is signed in with is normalised by drivers; visible ASCII characters stay what they are. */
function checked(secret: string, where: string): string {
  if (secret.length < leastCharacters || !/^[!-~]+$/.test(secret))
    throw new Error(
      `${where} must have at least ${leastCharacters} characters, all of them visible ASCII ones`,
    );
  return secret;
}

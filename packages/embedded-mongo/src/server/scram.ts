import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { MongoError } from '../errors.ts';

/** The name clients sign in with. */
export const userName = 'owner';

const iterations = 4096;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** The server's half of SCRAM-SHA-256 (RFC 5802, RFC 7677) for one user whose secret lasts as long as the process. */
export class Scram {
  readonly #salt = randomBytes(28);
  readonly #storedKey: Buffer;
  readonly #serverKey: Buffer;

  constructor(secret: string) {
    const salted = pbkdf2Sync(secret, this.#salt, iterations, 32, 'sha256');
    this.#storedKey = sha256(hmac(salted, 'Client Key'));
    this.#serverKey = hmac(salted, 'Server Key');
  }

  /** Answers the client's first message; `finish` checks its second. */
  begin(clientFirst: string): { reply: string; finish: (clientFinal: string) => string } {
    const parsed = /^n,,(n=([^,]+),r=([^,]+))$/.exec(clientFirst);
    if (!parsed) throw authenticationFailed();
    const [, bare = '', user = '', clientNonce = ''] = parsed;
    const nonce = clientNonce + randomBytes(24).toString('base64');
    const reply = `r=${nonce},s=${this.#salt.toString('base64')},i=${iterations}`;
    return { reply, finish: (clientFinal) => this.#finish({ bare, user, nonce, reply }, clientFinal) };
  }

  #finish(start: { bare: string; user: string; nonce: string; reply: string }, clientFinal: string): string {
    const parsed = /^(c=biws,r=([^,]+)),p=([A-Za-z0-9+/=]+)$/.exec(clientFinal);
    if (!parsed) throw authenticationFailed();
    const [, withoutProof = '', nonce = '', proofText = ''] = parsed;
    const message = `${start.bare},${start.reply},${withoutProof}`;
    const signature = hmac(this.#storedKey, message);
    const proof = Buffer.from(proofText, 'base64');
    if (proof.length !== signature.length) throw authenticationFailed();
    const clientKey = Buffer.from(proof.map((byte, i) => byte ^ (signature[i] as number)));
    const isRight = timingSafeEqual(sha256(clientKey), this.#storedKey);
    if (!isRight || nonce !== start.nonce || start.user !== userName) throw authenticationFailed();
    return `v=${hmac(this.#serverKey, message).toString('base64')}`;
  }
}

/** Thrown when a client does not know this start's secret. */
export function authenticationFailed(): MongoError {
  return new MongoError(18, 'Authentication failed.');
}

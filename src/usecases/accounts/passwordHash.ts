import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of one hash: 2^ln blocks of r × 128 bytes, p times. */
export interface HashCost {
  ln: number;
  r: number;
  p: number;
}

/** Hashes passwords and compares with hashes, off the main thread. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long for `null` (nobody by that name) as for a real hash, and then is false. */
  verify(password: string, hash: string | null): Promise<boolean>;
  /** True when the hash was made at another cost and should be made again at the next sign-in. */
  isOutdated(hash: string): boolean;
}

/** 32 MB and about 0.2 s a guess: the floor of OWASP's password storage advice for scrypt. */
const EVERYDAY_COST: HashCost = { ln: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
const FORMAT = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

/** Makes the hashing of passwords at a cost; the cost is written into each hash. */
export function createPasswords(cost: HashCost = EVERYDAY_COST): Passwords {
  // Nobody's: it only keeps the time the same.
  const decoy = format(cost, randomBytes(SALT_BYTES), randomBytes(KEY_BYTES));

  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      return format(cost, salt, await derive(password, salt, cost));
    },

    async verify(password, hash) {
      const known = parse(hash ?? decoy);
      const key = await derive(password, known.salt, known.cost);
      return timingSafeEqual(key, known.key) && hash !== null;
    },

    isOutdated(hash) {
      const { ln, r, p } = parse(hash).cost;
      return ln !== cost.ln || r !== cost.r || p !== cost.p;
    },
  };
}

function derive(password: string, salt: Buffer, { ln, r, p }: HashCost): Promise<Buffer> {
  const N = 2 ** ln;
  return new Promise((resolve, reject) => {
    // The same characters may come in several forms from different keyboards.
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

function format({ ln, r, p }: HashCost, salt: Buffer, key: Buffer): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(key)}`;
}

const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');

function parse(hash: string): { cost: HashCost; salt: Buffer; key: Buffer } {
  const [, ln, r, p, salt, key] = FORMAT.exec(hash) ?? [];
  if (salt === undefined || key === undefined) throw new Error('a password hash is not in a known form');
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  };
}

import { X509Certificate } from 'node:crypto';
import canonicalize from 'canonicalize';
import { flattenedVerify } from 'jose';
import type { Json } from '../../domain/json.ts';
import { type Holder, holderOf } from './certificates.ts';
import { type ChainFault, certificatesFromPem, faultInChain } from './chain.ts';
import { rawEcdsa } from './der.ts';
import type { Signatory, SignedJson, Signer } from './signer.ts';

/** What a check of signed JSON found. */
export interface JsonVerification {
  valid: boolean;
  reason?: 'MALFORMED_SIGNATURE' | 'NOT_CANONICAL' | 'SIGNATURE_MISMATCH' | ChainFault;
  signer?: { name: string; account: string };
  /** True when the key has no legal value; only meaningful with `signer`. */
  test: boolean;
}

/** Signs a JSON value in its canonical form (RFC 8785) as a detached JWS with an unencoded payload (RFC 7797). */
export async function signDetached(signer: Signer, person: Signatory, value: Json): Promise<SignedJson> {
  const payload = canonicalize(value);
  if (payload === undefined) throw new TypeError('The value has no canonical JSON form.');
  const { chainPem } = await signer.certificate(person);
  const x5c = chainPem.map((pem) => new X509Certificate(pem).raw.toString('base64'));
  const header = Buffer.from(JSON.stringify({ alg: 'ES256', b64: false, crit: ['b64'], x5c })).toString(
    'base64url',
  );
  const signature = await signer.sign(person, Buffer.from(`${header}.${payload}`, 'utf8'));
  return { payload, jws: `${header}..${rawEcdsa(signature).toString('base64url')}` };
}

function certificatesOf(header: string): X509Certificate[] {
  const parsed: unknown = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  const x5c = (parsed as { x5c?: unknown }).x5c;
  if (!Array.isArray(x5c) || x5c.length === 0 || x5c.length > 5) throw new TypeError('x5c is missing');
  return x5c.map((entry) => new X509Certificate(Buffer.from(String(entry), 'base64')));
}

function isCanonical(text: string): boolean {
  try {
    return canonicalize(JSON.parse(text)) === text;
  } catch {
    return false;
  }
}

/**
 * Checks the detached signature over canonical JSON against trusted roots (PEM), at the present real time.
 * @throws Error when `rootPem` holds no certificate.
 */
export async function verifyJson(canonical: string, jws: string, rootPem: string): Promise<JsonVerification> {
  const roots = certificatesFromPem(rootPem);
  if (roots.length === 0) throw new Error('The trusted root is not a PEM certificate.');
  const [header = '', detached, signature = '', ...rest] = jws.split('.');
  let chain: X509Certificate[];
  let holder: Holder;
  try {
    if (detached !== '' || rest.length > 0) throw new TypeError('not a detached JWS');
    chain = certificatesOf(header);
    holder = holderOf((chain[0] as X509Certificate).raw);
  } catch {
    return { valid: false, reason: 'MALFORMED_SIGNATURE', test: false };
  }
  const found = { signer: { name: holder.name, account: holder.account }, test: holder.test };
  if (!isCanonical(canonical)) return { valid: false, reason: 'NOT_CANONICAL', ...found };
  const [leaf, ...others] = chain as [X509Certificate, ...X509Certificate[]];
  try {
    const payload = new TextEncoder().encode(canonical);
    await flattenedVerify({ protected: header, payload, signature }, leaf.publicKey, {
      algorithms: ['ES256'],
    });
  } catch {
    return { valid: false, reason: 'SIGNATURE_MISMATCH', ...found };
  }
  const reason = faultInChain(leaf, others, roots, [Date.now()]);
  return reason === null ? { valid: true, ...found } : { valid: false, reason, ...found };
}

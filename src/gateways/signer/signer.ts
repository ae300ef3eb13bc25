import type { Json } from '../../domain/json.ts';

/** Who signs: the account whose key is used, and the name its certificate bears. */
export interface Signatory {
  account: string;
  name: string;
}

/** What a signature's certificate says, for the letter's signature block and for expiry alerts. */
export interface SigningCertificate {
  /** PEM certificates, the signatory's first, each issued by the next. */
  chainPem: string[];
  subject: { name: string; account: string };
  /** UTC epoch milliseconds, in real time. */
  notAfter: number;
  /** True when the key has no legal value; every face of the document must then say so. */
  test: boolean;
}

/** Canonical JSON with the detached signature over it. */
export interface SignedJson {
  /** RFC 8785 canonical text of the payload: exactly these characters are signed. */
  payload: string;
  /** Detached compact JWS (RFC 7797, `b64: false`), ES256, with its certificates in `x5c`. */
  jws: string;
}

/** Signs in a person's name; where the key lives (a file, a token, a remote service) is the carrier's affair. */
export interface Signer {
  readonly kind: 'software' | 'pkcs11' | 'remote';
  /** The certificates a signature by this person will carry. */
  certificate(person: Signatory): Promise<SigningCertificate>;
  /** Signs bytes with ECDSA P-256 and SHA-256; returns the DER signature. */
  sign(person: Signatory, bytes: Uint8Array): Promise<Uint8Array>;
  /** Signs a JSON value in canonical form, as an opinion or an architect's statement needs. */
  signJson(person: Signatory, payload: Json): Promise<SignedJson>;
  /** The PEM root that every chain of this signer ends at: what a verifier must trust. */
  rootCertificatePem(): Promise<string>;
}

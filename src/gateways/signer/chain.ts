import { X509Certificate } from 'node:crypto';
import { authorityDepth, maySign } from './certificates.ts';

/** Why a chain of certificates is not to be trusted. */
export type ChainFault =
  | 'CERTIFICATE_UNREADABLE'
  | 'CERTIFICATE_NOT_FOR_SIGNING'
  | 'CERTIFICATE_EXPIRED'
  | 'FOREIGN_CERTIFICATE'
  | 'UNTRUSTED_ROOT';

const LONGEST_CHAIN = 5;

/** Splits a PEM bundle into certificates. @throws Error when a block is not a certificate. */
export function certificatesFromPem(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}

function isValidAt(certificate: X509Certificate, instants: number[]): boolean {
  const from = Date.parse(certificate.validFrom);
  const to = Date.parse(certificate.validTo);
  return instants.every((instant) => instant >= from && instant <= to);
}

/**
 * Follows a leaf certificate up to one of the trusted roots, checking every signature, validity at all the instants
 * given, and basic constraints; returns null when the leaf can be trusted. A certificate among `others` that is not on
 * the way is a fault as well: nothing signed would vouch for it.
 */
export function faultInChain(
  leaf: X509Certificate,
  others: X509Certificate[],
  roots: X509Certificate[],
  instants: number[],
): ChainFault | null {
  try {
    if (!maySign(leaf.raw)) return 'CERTIFICATE_NOT_FOR_SIGNING';
    let current = leaf;
    const path = [leaf];
    for (let below = 0; below < LONGEST_CHAIN; below += 1) {
      if (!isValidAt(current, instants)) return 'CERTIFICATE_EXPIRED';
      if (roots.some((root) => root.raw.equals(current.raw))) {
        const isOnPath = (other: X509Certificate): boolean => path.some((each) => each.raw.equals(other.raw));
        return others.every(isOnPath) ? null : 'FOREIGN_CERTIFICATE';
      }
      const issuer = [...roots, ...others].find(
        (candidate) =>
          !candidate.raw.equals(current.raw) &&
          authorityDepth(candidate.raw) >= below &&
          current.checkIssued(candidate) &&
          current.verify(candidate.publicKey),
      );
      if (issuer === undefined) return 'UNTRUSTED_ROOT';
      current = issuer;
      path.push(issuer);
    }
    return 'UNTRUSTED_ROOT';
  } catch {
    // Node and the DER reader both throw on certificates they cannot read.
    return 'CERTIFICATE_UNREADABLE';
  }
}

import { createHash, verify, X509Certificate } from 'node:crypto';
import { fieldsOf } from '../signer/certificates.ts';
import {
  childrenOf,
  context,
  type DerNode,
  integer,
  isOid,
  octetString,
  oid,
  readDer,
  sequence,
  setOf,
  TAG,
} from '../signer/der.ts';

const ID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaSha256: '1.2.840.10045.4.3.2',
};

export const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const attribute = (id: string, value: Buffer): Buffer => sequence(oid(id), setOf(value));

/**
 * The attributes a PAdES baseline signature covers: type, digest of the document, digest of the signing certificate
 * (EN 319 122-1, 5.2.2.3). The claimed time stands in the PDF, not here (EN 319 142-1, 6.3).
 */
export function signedAttributes(documentDigest: Buffer, certificate: Buffer): Buffer {
  return setOf(
    attribute(ID.contentType, oid(ID.data)),
    attribute(ID.messageDigest, octetString(documentDigest)),
    attribute(ID.signingCertificateV2, sequence(sequence(sequence(octetString(sha256(certificate)))))),
  );
}

/** Wraps an ECDSA signature over `attributes` as CMS SignedData without content; the signatory's certificate first. */
export function signedData(attributes: Buffer, signature: Uint8Array, chain: [Buffer, ...Buffer[]]): Buffer {
  const { issuer, serial } = fieldsOf(chain[0]);
  const implicit = Buffer.from(attributes);
  implicit[0] = 0xa0;
  const signerInfo = sequence(
    integer(1),
    sequence(issuer.raw, serial.raw),
    sequence(oid(ID.sha256)),
    implicit,
    sequence(oid(ID.ecdsaSha256)),
    octetString(signature),
  );
  const content = sequence(
    integer(1),
    setOf(sequence(oid(ID.sha256))),
    sequence(oid(ID.data)),
    context(0, ...chain),
    setOf(signerInfo),
  );
  return sequence(oid(ID.signedData), context(0, content));
}

/** A signature taken apart: every byte of it is accounted for by these fields. */
export interface ParsedSignature {
  leaf: X509Certificate;
  others: X509Certificate[];
  attributes: Buffer;
  /** The digest of the document that the attributes state. */
  documentDigest: Buffer;
  signature: Buffer;
}

function attributesOf(set: DerNode): Map<string, DerNode> {
  const found = new Map<string, DerNode>();
  for (const entry of childrenOf(set)) {
    const [type, values] = childrenOf(entry);
    const [value, ...more] = values === undefined ? [] : childrenOf(values);
    const name = Object.entries(ID).find(([, id]) => isOid(type, id))?.[0];
    if (name === undefined || value === undefined || more.length > 0 || found.has(name)) {
      throw new RangeError('unexpected signed attribute');
    }
    found.set(name, value);
  }
  return found;
}

/**
 * Takes a CMS apart.
 * @throws RangeError or Error when it is not exactly what `signedData` makes: certificates that lead nowhere, unsigned
 * attributes, other encodings of the same thing are refused, since nothing signed would cover them.
 */
export function parseSignedData(cms: Buffer): ParsedSignature {
  const [, wrapped] = childrenOf(readDer(cms));
  const content = wrapped === undefined ? undefined : childrenOf(wrapped)[0];
  const [, , , certificates, signers] = content === undefined ? [] : childrenOf(content);
  const signerInfo = signers === undefined ? undefined : childrenOf(signers)[0];
  const [, , , attributes, , signature] = signerInfo === undefined ? [] : childrenOf(signerInfo);
  if (certificates === undefined || attributes === undefined || signature === undefined) {
    throw new RangeError('not the CMS of a signature');
  }
  const chain = childrenOf(certificates).map((node) => new X509Certificate(node.raw));
  const [leaf, ...others] = chain;
  if (leaf === undefined || chain.length > 5) throw new RangeError('not the CMS of a signature');
  const set = Buffer.from(attributes.raw);
  set[0] = TAG.set;
  const documentDigest = attributesOf(readDer(set)).get('messageDigest')?.value;
  if (documentDigest === undefined) throw new RangeError('no digest of the document');
  const rebuilt = signedData(set, signature.value, [leaf.raw, ...others.map((each) => each.raw)]);
  if (!rebuilt.equals(cms)) throw new RangeError('bytes that no signature covers');
  return { leaf, others, attributes: set, documentDigest, signature: signature.value };
}

/** What is wrong with a signature itself, before anyone asks who made it. */
export type SignatureFault = 'DIGEST_MISMATCH' | 'SIGNATURE_MISMATCH' | 'WRONG_CERTIFICATE';

function isSigned({ leaf, attributes, signature }: ParsedSignature): boolean {
  try {
    // Node parses the key only here, and throws when it is damaged.
    const key = leaf.publicKey;
    return key.asymmetricKeyType === 'ec' && verify('sha256', attributes, key, signature);
  } catch {
    return false;
  }
}

/** Checks a parsed signature against the digest of the document; null when it holds. */
export function faultInSignature(parsed: ParsedSignature, documentDigest: Buffer): SignatureFault | null {
  if (!parsed.documentDigest.equals(documentDigest)) return 'DIGEST_MISMATCH';
  if (!isSigned(parsed)) return 'SIGNATURE_MISMATCH';
  const expected = signedAttributes(documentDigest, parsed.leaf.raw);
  return expected.equals(parsed.attributes) ? null : 'WRONG_CERTIFICATE';
}

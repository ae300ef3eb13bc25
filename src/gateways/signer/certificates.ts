import { createHash, createPublicKey, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import {
  bitString,
  boolean,
  childrenOf,
  context,
  type DerNode,
  der,
  integer,
  isOid,
  octetString,
  oid,
  readDer,
  sequence,
  setOf,
  TAG,
  time,
} from './der.ts';
import type { Signatory } from './signer.ts';

/** Shown wherever a certificate of the software signer is shown: it proves nothing in law. */
export const TEST_MARK = 'TEST KEY - not for legal use';

/** What may be told of a certificate's holder. */
export interface Holder {
  name: string;
  account: string;
  test: boolean;
}

const ECDSA_SHA256 = '1.2.840.10045.4.3.2';
const ATTRIBUTE = {
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  organisation: '2.5.4.10',
  unit: '2.5.4.11',
};
const EXTENSION = {
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basic: '2.5.29.19',
  authorityKey: '2.5.29.35',
};

/** From here to `notAfter` signatures verify, so that dossiers dated by a demonstration clock do too. */
const NOT_BEFORE = new Date('2020-01-01T00:00:00Z');
const ROOT_YEARS = 10;

type NameParts = Partial<Record<keyof typeof ATTRIBUTE, string>>;

function distinguishedName(parts: NameParts): Buffer {
  const attributes = Object.entries(parts).map(([key, text]) => {
    const printable = key === 'serialNumber' && /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text);
    const value = der(printable ? TAG.printableString : TAG.utf8String, Buffer.from(text, 'utf8'));
    return setOf(sequence(oid(ATTRIBUTE[key as keyof typeof ATTRIBUTE]), value));
  });
  return sequence(...attributes);
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value));
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
}

interface Issuance {
  subject: Buffer;
  publicKey: KeyObject;
  issuer: Buffer;
  issuerKey: KeyObject;
  notAfter: Date;
  isAuthority: boolean;
}

function issue(order: Issuance): string {
  const issuerPublic = createPublicKey(order.issuerKey);
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  // keyCertSign + cRLSign for the root; digitalSignature + contentCommitment for a person (RFC 5280, 4.2.1.3).
  const usage = order.isAuthority ? Buffer.from([1, 0b00000110]) : Buffer.from([6, 0b11000000]);
  const tbs = sequence(
    context(0, integer(2)),
    integer(serial),
    sequence(oid(ECDSA_SHA256)),
    order.issuer,
    sequence(time(NOT_BEFORE), time(order.notAfter)),
    order.subject,
    order.publicKey.export({ type: 'spki', format: 'der' }),
    context(
      3,
      sequence(
        extension(
          EXTENSION.basic,
          true,
          order.isAuthority ? sequence(boolean(true), integer(0)) : sequence(),
        ),
        extension(EXTENSION.keyUsage, true, der(TAG.bitString, usage)),
        extension(EXTENSION.subjectKey, false, octetString(keyIdentifier(order.publicKey))),
        extension(EXTENSION.authorityKey, false, sequence(der(0x80, keyIdentifier(issuerPublic)))),
      ),
    ),
  );
  const signature = sign('sha256', tbs, order.issuerKey);
  return new X509Certificate(sequence(tbs, sequence(oid(ECDSA_SHA256)), bitString(signature))).toString();
}

/** Makes a self-signed root for test keys, valid from 2020 to ten years from now (real time). */
export function issueRoot(privateKey: KeyObject): string {
  const name = distinguishedName({
    organisation: 'Shubbak',
    unit: TEST_MARK,
    commonName: 'Shubbak test root',
  });
  const notAfter = new Date();
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + ROOT_YEARS);
  return issue({
    subject: name,
    publicKey: createPublicKey(privateKey),
    issuer: name,
    issuerKey: privateKey,
    notAfter,
    isAuthority: true,
  });
}

/** Makes a person's certificate under a root; it lives as long as the root does. */
export function issuePerson(
  person: Signatory,
  privateKey: KeyObject,
  rootPem: string,
  rootKey: KeyObject,
): string {
  const root = new X509Certificate(rootPem);
  return issue({
    subject: distinguishedName({
      organisation: 'Shubbak',
      unit: TEST_MARK,
      commonName: person.name,
      serialNumber: person.account,
    }),
    publicKey: createPublicKey(privateKey),
    issuer: fieldsOf(root.raw).subject.raw,
    issuerKey: rootKey,
    notAfter: new Date(root.validTo),
    isAuthority: false,
  });
}

interface CertificateFields {
  serial: DerNode;
  issuer: DerNode;
  subject: DerNode;
  extensions: DerNode[];
}

/** Opens a certificate's fields. @throws RangeError when it is not X.509 in DER. */
export function fieldsOf(certificate: Buffer): CertificateFields {
  const [tbs] = childrenOf(readDer(certificate));
  if (tbs === undefined) throw new RangeError('not a certificate');
  const fields = childrenOf(tbs).filter((node) => node.tag !== 0xa0);
  const [serial, , issuer, , subject] = fields;
  if (serial === undefined || issuer === undefined || subject === undefined) {
    throw new RangeError('not a certificate');
  }
  const wrapped = fields.find((node) => node.tag === 0xa3);
  const list = wrapped === undefined ? undefined : childrenOf(wrapped)[0];
  return { serial, issuer, subject, extensions: list === undefined ? [] : childrenOf(list) };
}

function attributeOf(subject: DerNode, id: string): string | undefined {
  for (const set of childrenOf(subject)) {
    for (const pair of childrenOf(set)) {
      const [type, value] = childrenOf(pair);
      if (value !== undefined && isOid(type, id)) return value.value.toString('utf8');
    }
  }
  return undefined;
}

/** Reads who holds a certificate. @throws RangeError when it is not X.509 in DER. */
export function holderOf(certificate: Buffer): Holder {
  const { subject } = fieldsOf(certificate);
  return {
    name: attributeOf(subject, ATTRIBUTE.commonName) ?? '',
    account: attributeOf(subject, ATTRIBUTE.serialNumber) ?? '',
    test: attributeOf(subject, ATTRIBUTE.unit) === TEST_MARK,
  };
}

function extensionOf(certificate: Buffer, id: string): DerNode | undefined {
  const found = fieldsOf(certificate).extensions.find((node) => isOid(childrenOf(node)[0], id));
  const wrapped = found === undefined ? undefined : childrenOf(found).at(-1);
  return wrapped === undefined ? undefined : readDer(wrapped.value);
}

/** Tells whether a certificate's key may sign documents (no key usage at all allows everything). */
export function maySign(certificate: Buffer): boolean {
  const usage = extensionOf(certificate, EXTENSION.keyUsage);
  return usage === undefined || ((usage.value[1] ?? 0) & 0b11000000) !== 0;
}

/** How many certificates may follow below an authority; Infinity when it does not say, -1 when it is no authority. */
export function authorityDepth(certificate: Buffer): number {
  const basic = extensionOf(certificate, EXTENSION.basic);
  const [isAuthority, depth] = basic === undefined ? [] : childrenOf(basic);
  if (isAuthority?.tag !== TAG.boolean || isAuthority.value[0] === 0) return -1;
  const usage = extensionOf(certificate, EXTENSION.keyUsage);
  if (usage !== undefined && ((usage.value[1] ?? 0) & 0b00000100) === 0) return -1;
  return depth === undefined ? Number.POSITIVE_INFINITY : (depth.value[0] ?? 0);
}

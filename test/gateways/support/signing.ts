import { sign, X509Certificate } from 'node:crypto';
import { sha256, signedAttributes, signedData } from '../../../src/gateways/pdf/cms.ts';
import { issuePerson, issueRoot } from '../../../src/gateways/signer/certificates.ts';
import { signDetached } from '../../../src/gateways/signer/jws.ts';
import { newKey } from '../../../src/gateways/signer/keyFiles.ts';
import type { Signatory, Signer } from '../../../src/gateways/signer/signer.ts';

export const PERSON: Signatory = { account: 'acc-president', name: 'رئيس مثال' };

/** A signer whose keys live in memory; two of them have different roots. */
export function memorySigner(): Signer & { rootPem: string } {
  const rootKey = newKey();
  const rootPem = issueRoot(rootKey);
  const key = newKey();
  const leafOf = (person: Signatory): string => issuePerson(person, key, rootPem, rootKey);
  const leaves = new Map<string, string>();
  const leaf = (person: Signatory): string => {
    const known = leaves.get(person.account) ?? leafOf(person);
    leaves.set(person.account, known);
    return known;
  };
  const signer: Signer & { rootPem: string } = {
    kind: 'software',
    rootPem,
    certificate: async (person) => ({
      chainPem: [leaf(person), rootPem],
      subject: person,
      notAfter: Date.parse(new X509Certificate(rootPem).validTo),
      test: true,
    }),
    sign: async (_person, bytes) => sign('sha256', bytes, key),
    signJson: (person, payload) => signDetached(signer, person, payload),
    rootCertificatePem: async () => rootPem,
  };
  return signer;
}

/** Where the CMS of a signed file lies, between `<` and `>`. */
export function cmsSpan(pdf: Buffer): { start: number; end: number } {
  const numbers = /\/ByteRange \[0 (\d+) (\d+) \d+ *\]/.exec(pdf.toString('latin1'));
  if (numbers === null) throw new Error('not signed');
  return { start: Number(numbers[1]) + 1, end: Number(numbers[2]) - 1 };
}

/** Signs the same bytes anew with another signer, in the place of the signature that is there. */
export async function signedAnew(pdf: Buffer, signer: Signer): Promise<Buffer> {
  const { start, end } = cmsSpan(pdf);
  const { chainPem } = await signer.certificate(PERSON);
  const chain = chainPem.map((pem) => new X509Certificate(pem).raw) as [Buffer, ...Buffer[]];
  const attributes = signedAttributes(sha256(pdf.subarray(0, start - 1), pdf.subarray(end + 1)), chain[0]);
  const cms = signedData(attributes, await signer.sign(PERSON, attributes), chain).toString('hex');
  const forged = Buffer.from(pdf);
  forged.write(cms.padEnd(end - start, '0'), start, 'latin1');
  return forged;
}

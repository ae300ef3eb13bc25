import { X509Certificate } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import { sha256, signedAttributes, signedData } from './cms.ts';
import type { PdfSigner, SignatureRequest } from './pdfSigner.ts';
import type { PdfWorker } from './pdfWorker.ts';
import { CMS_ROOM, UnusablePdf } from './preparePdf.ts';

const PLACEHOLDER = `/Contents <${'0'.repeat(CMS_ROOM * 2)}>`;

/** Writes the ranges that the signature covers over their placeholder; returns where the CMS goes. */
function fillByteRange(pdf: Buffer, from: number): { start: number; end: number } {
  const contents = pdf.indexOf(PLACEHOLDER, from, 'latin1');
  const start = contents + '/Contents '.length;
  const end = contents + PLACEHOLDER.length;
  const range = pdf.indexOf('/ByteRange [', from, 'latin1');
  const close = pdf.indexOf(']', range);
  const text = `/ByteRange [0 ${start} ${end} ${pdf.length - end}`;
  if (contents < 0 || range < 0 || text.length > close - range) throw new Error('no room for the signature');
  pdf.write(text.padEnd(close - range), range, 'latin1');
  return { start, end };
}

async function fillSignature(pdf: Buffer, from: number, request: SignatureRequest): Promise<Buffer> {
  const { start, end } = fillByteRange(pdf, from);
  const { chainPem } = await request.signer.certificate(request.person);
  const [leaf, ...others] = chainPem.map((pem) => new X509Certificate(pem).raw);
  if (leaf === undefined) throw new Error('The signer gave no certificate.');
  const attributes = signedAttributes(sha256(pdf.subarray(0, start), pdf.subarray(end)), leaf);
  const cms = signedData(attributes, await request.signer.sign(request.person, attributes), [
    leaf,
    ...others,
  ]);
  if (cms.length > CMS_ROOM)
    throw new Error(`The signature takes ${cms.length} bytes, more than there is room for.`);
  pdf.write(cms.toString('hex'), start + 1, 'latin1');
  return pdf;
}

/**
 * Makes PAdES baseline B-B signatures: one incremental revision with an invisible field, ETSI.CAdES.detached, the whole
 * file covered. Layout happens in the worker thread, only hashing and signing here.
 */
export function padesSigner(worker: PdfWorker): PdfSigner {
  async function prepareAndSign(
    pdf: Uint8Array,
    request: SignatureRequest,
    stamp?: Uint8Array,
  ): Promise<Buffer> {
    const { name, reason, location, at } = request;
    try {
      const prepared = await worker.run({
        kind: 'prepare',
        pdf,
        label: { name, reason, location, at },
        ...(stamp === undefined ? {} : { stamp }),
      });
      return await fillSignature(prepared, pdf.length, request);
    } catch (error) {
      if (!(error instanceof UnusablePdf)) throw error;
      throw new DomainError('UNREADABLE_FILE', { reason: error.reason }, { cause: error });
    }
  }

  return {
    sign: (pdf, request) => prepareAndSign(pdf, request),

    async stampAndSign(plan, request) {
      const stamp = await worker.run({
        kind: 'render',
        template: 'stamp',
        data: JSON.stringify(request.stamp),
        qr: null,
      });
      return prepareAndSign(plan, request, stamp);
    },
  };
}

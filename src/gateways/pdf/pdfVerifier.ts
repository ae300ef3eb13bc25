import type { PdfWorker } from './pdfWorker.ts';
import type { PdfVerification, Trust } from './verify.ts';

/** Checks signed PDFs that strangers bring, off the event loop. */
export interface PdfVerifier {
  verify(pdf: Uint8Array, trust: Trust): Promise<PdfVerification>;
}

/** Opens the verifier on the worker thread. */
export function pdfVerifier(worker: PdfWorker): PdfVerifier {
  return {
    async verify(pdf, trust) {
      const answer = await worker.run({ kind: 'verify', pdf, trust });
      return JSON.parse(answer.toString('utf8')) as PdfVerification;
    },
  };
}

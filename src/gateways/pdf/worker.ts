import { parentPort } from 'node:worker_threads';
import QRCode from 'qrcode';
import { countPages, preparePdf, type SignatureLabel, UnusablePdf } from './preparePdf.ts';
import { openTypst } from './typst.ts';
import { type Trust, verifyPdf } from './verify.ts';

/** What the worker thread can be asked to do; all can be slow, or hang on hostile input. */
export type PdfJob =
  | { kind: 'render'; template: string; data: string; qr: string | null }
  | { kind: 'count'; pdf: Uint8Array }
  | { kind: 'verify'; pdf: Uint8Array; trust: Trust }
  | { kind: 'prepare'; pdf: Uint8Array; label: SignatureLabel; stamp?: Uint8Array };

/** What comes back: bytes, a document that cannot be signed, or a fault. */
export type PdfAnswer =
  | { id: number; bytes: Uint8Array }
  | { id: number; unusable: 'encrypted' | 'broken' }
  | { id: number; fault: string };

const port = parentPort;
if (port === null) throw new Error('This file runs in a worker thread only.');
const compile = openTypst();

async function perform(job: PdfJob): Promise<Uint8Array> {
  if (job.kind === 'count') return Buffer.from(String(await countPages(job.pdf)));
  if (job.kind === 'verify') return Buffer.from(JSON.stringify(verifyPdf(job.pdf, job.trust)));
  if (job.kind === 'prepare') return preparePdf(job.pdf, job.label, job.stamp);
  const qr =
    job.qr === null
      ? null
      : await QRCode.toString(job.qr, {
          type: 'svg',
          errorCorrectionLevel: 'M',
          margin: 0,
          color: { dark: '#000000ff', light: '#ffffffff' },
        });
  return compile(job.template, job.data, qr);
}

port.on('message', async ({ id, job }: { id: number; job: PdfJob }) => {
  let answer: PdfAnswer;
  try {
    answer = { id, bytes: await perform(job) };
  } catch (error) {
    answer =
      error instanceof UnusablePdf ? { id, unusable: error.reason } : { id, fault: (error as Error).message };
  }
  port.postMessage(answer);
});

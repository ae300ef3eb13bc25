import type { PdfWorker } from './pdfWorker.ts';
import type { PdfRenderer } from './renderer.ts';

/** Renders letters with Typst in the worker thread. */
export function typstRenderer(worker: PdfWorker): PdfRenderer {
  return {
    render(template, data) {
      const qr = 'verifyUrl' in data ? data.verifyUrl : null;
      return worker.run({ kind: 'render', template, data: JSON.stringify(data), qr });
    },
    close: () => worker.close(),
  };
}

import type { PdfWorker } from './pdfWorker.ts';
import type { PdfRenderer } from './renderer.ts';

// Control characters and noncharacters have no shape; directional overrides would print a text otherwise than it reads.
const UNPRINTABLE = /(?![\t\n\r])[\p{Cc}\p{Noncharacter_Code_Point}\u202a-\u202e\u2066-\u2069]/gu;

/** A text as it can be printed: half characters become U+FFFD, what has no shape is left out. */
function printable(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8').replace(UNPRINTABLE, '');
}

/** Renders letters with Typst in the worker thread. */
export function typstRenderer(worker: PdfWorker): PdfRenderer {
  return {
    render(template, data) {
      const text = JSON.stringify(data, (_key, value: unknown) =>
        typeof value === 'string' ? printable(value) : value,
      );
      const qr = 'verifyUrl' in data ? data.verifyUrl : null;
      return worker.run({ kind: 'render', template, data: text, qr });
    },
    close: () => worker.close(),
  };
}

import type { Files, StoredFile } from '../files/files.ts';
import type { PdfWorker } from './pdfWorker.ts';
import { UnusablePdf } from './preparePdf.ts';

/** Counts the pages of stored files, off the event loop. */
export interface PageCounter {
  /** Pages of a PDF, 1 for an image or a drawing, null when they cannot be counted. */
  count(file: StoredFile): Promise<number | null>;
  /** Files above this size, in bytes, are not counted. */
  readonly largest: number;
}

/** Larger files are taken as they are: loading them whole to count pages would cost more than it tells. */
const LARGEST = 50_000_000;

/** Opens the counter over a file store. */
export function pageCounter(files: Pick<Files, 'read'>, worker: PdfWorker): PageCounter {
  return {
    largest: LARGEST,
    async count({ sha256, size, mediaType }) {
      if (mediaType !== 'application/pdf') return 1;
      if (size > LARGEST) return null;
      try {
        return Number((await worker.run({ kind: 'count', pdf: await files.read(sha256) })).toString());
      } catch (error) {
        if (error instanceof UnusablePdf) return null;
        throw error;
      }
    },
  };
}

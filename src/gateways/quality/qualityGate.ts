import type { FileMeasures } from '../../domain/quality.ts';
import type { Files, StoredFile } from '../files/files.ts';
import type { PdfWorker } from '../pdf/pdfWorker.ts';
import type { Unreadable } from './examine.ts';
import type { ExamineJob } from './worker.ts';

/** Looks into files as they come in, off the event loop, within bounds of time and memory. */
export interface QualityGate {
  /**
   * What was found in a stored file; how it is unreadable; or null when it could not be examined (too large, or the
   * examination took too long): then nothing is said of it.
   */
  examine(file: StoredFile): Promise<FileMeasures | Unreadable | null>;
  /** Ends the thread. */
  close(): Promise<void>;
}

/** Larger files are not read whole into memory. */
const LARGEST = 50_000_000;

/** Opens the gate over a file store; the thread starts with the first file. */
export function qualityGate(
  files: Pick<Files, 'read'>,
  worker: PdfWorker<ExamineJob>,
  log: (error: unknown) => void,
): QualityGate {
  return {
    async examine({ sha256, size, mediaType }) {
      if (size > LARGEST) return null;
      const bytes = await files.read(sha256);
      try {
        const answer = await worker.run({ type: mediaType, bytes });
        return JSON.parse(answer.toString()) as FileMeasures | Unreadable;
      } catch (error) {
        // A reader that gives up on a hostile file must not keep an honest one out.
        log(error);
        return null;
      }
    },
    close: () => worker.close(),
  };
}

import type { Quality } from './quality.ts';

/** One version of one piece of a dossier; the bytes live in the file store under their SHA-256. */
export interface Document {
  id: string;
  dossier: string;
  /** Code of the piece in `procedure.json`, e.g. `architecturalPlan`. */
  piece: string;
  /** 1 for the first file of the piece, one more for each replacement. */
  version: number;
  /** Round of study for which it was filed. */
  round: number;
  fileName: string;
  mediaType: string;
  size: number;
  sha256: string;
  /** Pages of a PDF, 1 for an image or drawing, null when they could not be counted. */
  pages: number | null;
  uploadedBy: string;
  uploadedAt: number;
  /** The newest version of its piece. */
  current: boolean;
  /** What the quality gate found; null when the file was not examined, missing on files taken before there was a gate. */
  quality?: Quality | null;
}

/** A file on its way: its bytes come in parts, over days if need be, until it becomes a document. */
export interface Upload {
  id: string;
  dossier: string;
  piece: string;
  fileName: string;
  /** Bytes in all. */
  size: number;
  /** By which the browser knows the same file again: a digest of its size and of some of its bytes. */
  fingerprint: string;
  owner: string;
  /** Real time, epoch ms. */
  startedAt: number;
  /** The document it became; null until then. */
  document: string | null;
}

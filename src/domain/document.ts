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
}

/** One file of a procedure's folders, by the path it has there. */
export interface DraftFile {
  path: string;
  content: string;
}

/** A procedure that an administrator is working on: the files of its two folders, not yet checked. */
export interface ProcedureDraft {
  id: string;
  procedure: string;
  /** Content hash of the version it was begun from; null for a procedure that is new. */
  base: string | null;
  author: string;
  files: DraftFile[];
  createdAt: number;
  updatedAt: number;
  updatedBy: string;
  version: number;
}

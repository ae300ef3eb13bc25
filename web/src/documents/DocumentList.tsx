import type { Schema } from '../api/client.ts';

export interface DocumentListProps {
  /** Identifier of the dossier. */
  dossier: string;
  /** Names of the pieces, by code; their codes are shown when left out. */
  pieces?: { code: string; name: { ar: string; fr: string; en?: string | undefined } }[] | undefined;
  /** What to list; asked of the server (all versions) when left out. */
  documents?: Schema<'Document'>[] | undefined;
}

/** The documents of a dossier. */
export function DocumentList(_: DocumentListProps) {
  return null;
}

import type { Schema } from '../api/client.ts';

/** A piece as the procedure lists it. */
export type Piece = Schema<'Procedure'>['pieces'][number];

export interface PieceUploaderProps {
  /** Identifier of the dossier. */
  dossier: string;
  piece: Pick<Piece, 'code' | 'name' | 'accept' | 'plan' | 'article' | 'kind'>;
  /** The version in force, if there is one. */
  current?: Schema<'Document'> | undefined;
  onUploaded(document: Schema<'Document'>): void;
  disabled?: boolean | undefined;
}

/** Takes the file of one piece. */
export function PieceUploader({ piece }: PieceUploaderProps) {
  return <div>{piece.code}</div>;
}

import type { JsonObject } from '../../domain/json.ts';
import type { UploadView } from '../application.ts';
import { presentInstant } from './instant.ts';

/** A file on its way. */
export function presentUpload(upload: UploadView): JsonObject {
  return {
    id: upload.id,
    dossier: upload.dossier,
    piece: upload.piece,
    fileName: upload.fileName,
    size: upload.size,
    offset: upload.offset,
    fingerprint: upload.fingerprint,
    startedAt: presentInstant(upload.startedAt),
    document: upload.document,
  };
}

import type { Document } from '../../domain/document.ts';
import type { JsonObject } from '../../domain/json.ts';
import { presentInstant } from './instant.ts';

/** One version of one piece. */
export function presentDocument(document: Document): JsonObject {
  return {
    id: document.id,
    dossier: document.dossier,
    piece: document.piece,
    version: document.version,
    round: document.round,
    fileName: document.fileName,
    mediaType: document.mediaType,
    size: document.size,
    sha256: document.sha256,
    pages: document.pages,
    uploadedBy: document.uploadedBy,
    uploadedAt: presentInstant(document.uploadedAt),
    current: document.current,
    quality:
      document.quality == null
        ? null
        : { ...document.quality, findings: document.quality.findings.map((one) => ({ ...one })) },
  };
}

import type { Readable } from 'node:stream';
import type { Document } from '../../domain/document.ts';
import { DomainError } from '../../domain/errors.ts';
import { judgeQuality } from '../../domain/quality.ts';
import type { Tx } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { dossierEvent } from '../dossierEvent.ts';
import { remember } from '../remember.ts';
import { expectedPiece, expectedRound } from './expectedPiece.ts';

/**
 * Adds a file for a listed piece, or a new version of it; the bytes are durable before the answer. A poor scan is told, never
 * refused; what nobody could open is refused. `alongside` writes in the same transaction.
 */
export async function addDocument(
  core: Core,
  context: RequestContext,
  input: { dossier: string; piece: string; fileName: string; body: Readable },
  alongside: (tx: Tx, document: Document) => Promise<void> = async () => {},
): Promise<Document> {
  const { store } = core;
  const { dossier: seen, piece } = await expectedPiece(core, context, input);
  const file = await core.files.put(input.body);
  if (!piece.accept.includes(file.mediaType)) {
    throw new DomainError('UNSUPPORTED_FILE_TYPE', { found: file.mediaType, accepted: piece.accept });
  }
  const [counted, measures] = await Promise.all([core.pdfPages.count(file), core.quality.examine(file)]);
  if (typeof measures === 'string') throw new DomainError('UNREADABLE_FILE', { reason: measures });
  if (counted === null && piece.plan && file.size <= core.pdfPages.largest) {
    // Found now, not when the president stamps it.
    throw new DomainError('UNREADABLE_FILE', { reason: 'broken' });
  }
  const pages = measures?.pages ?? counted;
  const quality = measures === null ? null : judgeQuality(measures, piece, core.qualityRules);
  return store.transaction(async (tx) => {
    const dossier = await store.dossiers.get(seen.id, tx);
    const round = await expectedRound(core, dossier, piece.code);
    const versions = (await store.documents.ofDossier(dossier.id, tx)).filter(
      (one) => one.piece === piece.code,
    );
    const document: Document = {
      id: core.newId(),
      dossier: dossier.id,
      piece: piece.code,
      version: versions.length + 1,
      round,
      fileName: input.fileName,
      mediaType: file.mediaType,
      size: file.size,
      sha256: file.sha256,
      pages,
      uploadedBy: context.actor.account,
      uploadedAt: core.clock.now(),
      current: true,
      quality,
    };
    await store.documents.insert(tx, document);
    // The dossier changes with its pieces: two uploads of one piece at once cannot both be version 2.
    await store.dossiers.save(tx, { ...dossier, updatedAt: document.uploadedAt });
    await alongside(tx, document);
    await remember(core, context, tx, { kind: 'document', id: document.id });
    store.appendEvents(tx, [
      dossierEvent(
        dossier,
        versions.length === 0 ? 'DocumentAdded' : 'DocumentReplaced',
        context.actor,
        document.uploadedAt,
        {
          party: 'applicant',
          subject: document.id,
          article: piece.article,
          data: { piece: piece.code, version: document.version, round, sha256: file.sha256, size: file.size },
        },
      ),
    ]);
    return document;
  });
}

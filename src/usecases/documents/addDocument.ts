import type { Readable } from 'node:stream';
import { authorize } from '../../domain/access.ts';
import type { Document } from '../../domain/document.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { dossierEvent } from '../dossierEvent.ts';
import { changeablePieces, preparedRound } from '../dossiers/preparedRound.ts';
import { visibleDossier } from '../dossiers/visibleDossier.ts';
import { remember } from '../remember.ts';

/** Adds a file for a listed piece, or a new version of it; the bytes are durable before the answer. */
export async function addDocument(
  core: Core,
  context: RequestContext,
  input: { dossier: string; piece: string; fileName: string; body: Readable },
): Promise<Document> {
  const { store } = core;
  const seen = await visibleDossier(core, context, input.dossier);
  authorize(context.actor, 'document.add', seen);
  const version =
    seen.definition === null
      ? await core.catalog.inForce(seen.procedure, core.clock.now())
      : await core.catalog.get(seen.definition);
  const piece = version.settings.pieces.find((one) => one.code === input.piece);
  if (piece === undefined) throw new DomainError('UNKNOWN_PIECE', { piece: input.piece });
  await expectedRound(core, seen, piece.code);
  const file = await core.files.put(input.body);
  if (!piece.accept.includes(file.mediaType)) {
    throw new DomainError('UNSUPPORTED_FILE_TYPE', { found: file.mediaType, accepted: piece.accept });
  }
  const pages = await core.pdfPages.count(file);
  if (pages === null && piece.plan && file.size <= core.pdfPages.largest) {
    // Found now, not when the president stamps it.
    throw new DomainError('UNREADABLE_FILE', { reason: 'broken' });
  }
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
    };
    await store.documents.insert(tx, document);
    // The dossier changes with its pieces: two uploads of one piece at once cannot both be version 2.
    await store.dossiers.save(tx, { ...dossier, updatedAt: document.uploadedAt });
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

/** @throws DomainError DOCUMENTS_NOT_EXPECTED when nobody asked for this piece */
async function expectedRound(core: Core, dossier: Dossier, piece: string): Promise<number> {
  const open = (await core.store.tasks.ofDossier(dossier.id)).filter((task) => task.status === 'open');
  const round = preparedRound(dossier, open);
  const changeable = changeablePieces(
    dossier,
    open,
    await core.store.opinions.ofDossier(dossier.id),
    await core.store.documents.ofDossier(dossier.id),
  );
  if (round === null || changeable?.has(piece) === false) {
    throw new DomainError('DOCUMENTS_NOT_EXPECTED', { dossier: dossier.id, piece, field: '/piece' });
  }
  return round;
}

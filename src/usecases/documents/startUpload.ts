import type { Upload } from '../../domain/document.ts';
import { DomainError } from '../../domain/errors.ts';
import { FILE_LIMIT } from '../../gateways/files/files.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { remember } from '../remember.ts';
import { expectedPiece } from './expectedPiece.ts';
import { type UploadView, viewOf } from './ownUpload.ts';

/** Uploads an account may have under way at once: more than any procedure has pieces would only fill the disk. */
const MOST = 40;

/** Begins to take a file for a piece, or goes on with the one that was begun with the same file. */
export async function startUpload(
  core: Core,
  context: RequestContext,
  input: { dossier: string; piece: string; fileName: string; size: number; fingerprint: string },
): Promise<UploadView> {
  const { dossier, piece } = await expectedPiece(core, context, input);
  if (input.size > FILE_LIMIT) throw new DomainError('FILE_TOO_LARGE', { limit: FILE_LIMIT });
  const owner = context.actor.account;
  const unfinished = await core.store.uploads.unfinished(owner);
  const same = unfinished.find(
    (one) =>
      one.dossier === dossier.id &&
      one.piece === piece.code &&
      one.size === input.size &&
      one.fingerprint === input.fingerprint &&
      one.fileName === input.fileName,
  );
  if (same === undefined && unfinished.length >= MOST)
    throw new DomainError('TOO_MANY_UPLOADS', { limit: MOST });
  const upload: Upload = same ?? {
    id: core.newId(),
    dossier: dossier.id,
    piece: piece.code,
    fileName: input.fileName,
    size: input.size,
    fingerprint: input.fingerprint,
    owner,
    startedAt: core.realNow(),
    document: null,
  };
  await core.store.transaction(async (tx) => {
    if (same === undefined) await core.store.uploads.insert(tx, upload);
    await remember(core, context, tx, { kind: 'upload', id: upload.id });
  });
  return viewOf(core, upload);
}

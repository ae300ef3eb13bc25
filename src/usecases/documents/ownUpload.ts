import { isAllowed } from '../../domain/access.ts';
import type { Upload } from '../../domain/document.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Core, RequestContext } from '../dependencies.ts';

/** An upload as whoever began it sees it: `offset` bytes have come. */
export interface UploadView extends Upload {
  offset: number;
}

/** Finds an upload of the person who asks, while they may still add to its dossier. @throws DomainError UPLOAD_NOT_FOUND */
export async function ownUpload(
  core: Core,
  context: RequestContext,
  input: { dossier?: string | undefined; id: string },
): Promise<UploadView> {
  const upload = await core.store.uploads.find(input.id);
  const dossier = upload === null ? null : await core.store.dossiers.find(upload.dossier);
  if (
    upload === null ||
    (input.dossier !== undefined && upload.dossier !== input.dossier) ||
    upload.owner !== context.actor.account ||
    dossier === null ||
    !isAllowed(context.actor, 'document.add', dossier)
  ) {
    throw new DomainError('UPLOAD_NOT_FOUND', { upload: input.id });
  }
  return viewOf(core, upload);
}

/** Adds how much has come. */
export async function viewOf(core: Pick<Core, 'partialFiles'>, upload: Upload): Promise<UploadView> {
  const offset = upload.document === null ? await core.partialFiles.offset(upload.id) : upload.size;
  return { ...upload, offset };
}

import type { Core, RequestContext } from '../dependencies.ts';
import { visibleDossier } from '../dossiers/visibleDossier.ts';
import { ownUpload, type UploadView, viewOf } from './ownUpload.ts';

/** The files that the person who asks has begun to send to a dossier and not finished. */
export async function listUploads(
  core: Core,
  context: RequestContext,
  input: { dossier: string },
): Promise<UploadView[]> {
  const dossier = await visibleDossier(core, context, input.dossier);
  const uploads = await core.store.uploads.unfinished(context.actor.account, dossier.id);
  return Promise.all(uploads.map((upload) => viewOf(core, upload)));
}

/** How much of an upload has come. @throws DomainError UPLOAD_NOT_FOUND */
export async function readUpload(
  core: Core,
  context: RequestContext,
  input: { dossier?: string | undefined; id: string },
): Promise<UploadView> {
  return ownUpload(core, context, input);
}

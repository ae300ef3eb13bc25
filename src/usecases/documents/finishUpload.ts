import type { Document } from '../../domain/document.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { addDocument } from './addDocument.ts';
import { readDocument } from './openDocument.ts';
import { ownUpload } from './ownUpload.ts';

/** Makes a document of an upload whose bytes are all there; asked again, by whatever key, it answers the same document. */
export async function finishUpload(
  core: Core,
  context: RequestContext,
  input: { dossier: string; id: string },
): Promise<Document> {
  const upload = await ownUpload(core, context, input);
  if (upload.document !== null) return readDocument(core, context, { id: upload.document });
  if (upload.offset < upload.size) {
    throw new DomainError('UPLOAD_UNFINISHED', { offset: upload.offset, size: upload.size });
  }
  const { dossier, piece, fileName, id } = upload;
  try {
    const body = await core.partialFiles.open(id);
    const document = await addDocument(
      core,
      context,
      { dossier, piece, fileName, body },
      async (tx, made) => {
        if (!(await core.store.uploads.finish(tx, id, made.id))) throw new DomainError('REQUEST_IN_PROGRESS');
      },
    );
    await core.partialFiles.remove(id);
    return document;
  } catch (error) {
    // Two that finish at once: the second finds what the first made.
    const now = await core.store.uploads.find(id);
    if (now === null || now.document === null) throw error;
    return readDocument(core, context, { id: now.document });
  }
}

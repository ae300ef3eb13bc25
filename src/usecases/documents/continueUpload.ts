import type { Readable } from 'node:stream';
import { DomainError } from '../../domain/errors.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { ownUpload, type UploadView } from './ownUpload.ts';

/** Takes the next bytes of an upload; they are durable before the answer. */
export async function continueUpload(
  core: Core,
  context: RequestContext,
  input: { dossier: string; id: string; offset: number; body: Readable },
): Promise<UploadView> {
  const upload = await ownUpload(core, context, input);
  if (upload.document !== null) {
    input.body.resume();
    if (input.offset === upload.size) return upload;
    throw new DomainError('UPLOAD_OFFSET_DIFFERS', { offset: upload.size });
  }
  const { offset, body } = input;
  return {
    ...upload,
    offset: await core.partialFiles.append(upload.id, { offset, body, limit: upload.size }),
  };
}

import type { Core, RequestContext } from '../dependencies.ts';
import { ownUpload } from './ownUpload.ts';

/** Gives an upload up and forgets its bytes; what it has become stays. */
export async function abandonUpload(
  core: Core,
  context: RequestContext,
  input: { dossier: string; id: string },
): Promise<void> {
  const upload = await ownUpload(core, context, input);
  await core.store.uploads.remove(upload.id);
  await core.partialFiles.remove(upload.id);
}

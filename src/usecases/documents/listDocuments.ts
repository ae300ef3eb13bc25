import type { Document } from '../../domain/document.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { visibleDossier } from '../dossiers/visibleDossier.ts';

/** The pieces of a dossier: their current versions, or every version. */
export async function listDocuments(
  core: Core,
  context: RequestContext,
  input: { dossier: string; all?: boolean | undefined },
): Promise<Document[]> {
  await visibleDossier(core, context, input.dossier);
  const documents = await core.store.documents.ofDossier(input.dossier);
  return input.all ? documents : documents.filter((document) => document.current);
}

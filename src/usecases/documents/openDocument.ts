import type { Readable } from 'node:stream';
import { isAllowed } from '../../domain/access.ts';
import type { Document } from '../../domain/document.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Core, RequestContext } from '../dependencies.ts';

/** Opens the bytes of a document for those who may read its dossier. */
export async function openDocument(
  core: Core,
  context: RequestContext,
  input: { id: string; range?: { start: number; end: number } | undefined },
): Promise<{ document: Document; stream: Readable }> {
  const document = await readDocument(core, context, input);
  return { document, stream: await core.files.open(document.sha256, input.range) };
}

/** What is known of a document, for those who may read its dossier. @throws DomainError DOCUMENT_NOT_FOUND */
export async function readDocument(
  core: Core,
  context: RequestContext,
  input: { id: string },
): Promise<Document> {
  const document = await core.store.documents.find(input.id);
  const dossier = document === null ? null : await core.store.dossiers.find(document.dossier);
  if (document === null || dossier === null || !isAllowed(context.actor, 'dossier.read', dossier)) {
    throw new DomainError('DOCUMENT_NOT_FOUND', { document: input.id });
  }
  return document;
}

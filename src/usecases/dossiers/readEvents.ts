import type { DomainEvent } from '../../domain/events.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { visibleDossier } from './visibleDossier.ts';

/** The events of a dossier in the order they were committed, after a sequence number. */
export async function readEvents(
  core: Core,
  context: RequestContext,
  input: { id: string; after?: number | undefined; limit: number },
): Promise<DomainEvent[]> {
  const dossier = await visibleDossier(core, context, input.id);
  const after = input.after === undefined ? {} : { after: input.after };
  return core.store.events.list({ dossier: dossier.id, ...after }, input.limit);
}

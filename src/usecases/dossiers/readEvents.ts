import { isAllowed } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import type { DomainEvent } from '../../domain/events.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { visibleDossier } from './visibleDossier.ts';

/**
 * The events of a dossier in the order they were committed, after a sequence number. What an opinion says is told to
 * the parties with the minutes, as in the list of opinions.
 */
export async function readEvents(
  core: Core,
  context: RequestContext,
  input: { id: string; after?: number | undefined; limit: number },
): Promise<DomainEvent[]> {
  const dossier = await visibleDossier(core, context, input.id);
  const after = input.after === undefined ? {} : { after: input.after };
  const events = await core.store.events.list({ dossier: dossier.id, ...after }, input.limit);
  if (isAllowed(context.actor, 'dossier.readStudy', dossier)) return events;
  return events.map((event) => (isUntold(event, dossier) ? { ...event, data: {} } : event));
}

function isUntold(event: DomainEvent, dossier: Dossier): boolean {
  if (event.type !== 'OpinionGiven') return false;
  return !dossier.minutes.some((minutes) => minutes.round === event.data.round);
}

import { authorize, isAllowed } from '../../domain/access.ts';
import { DomainError } from '../../domain/errors.ts';
import { grantsOf } from '../../domain/party.ts';
import type { Incident } from '../../domain/process.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { Dependencies, RequestContext } from '../dependencies.ts';
import { remember } from '../remember.ts';

/** Incidents of the territories one operates, newest first. */
export async function listIncidents(
  deps: Dependencies,
  { actor }: RequestContext,
  input: { open: boolean; page: PageRequest },
): Promise<Page<Incident>> {
  const territories = grantsOf(actor, 'operator').map((grant) => grant.territory);
  if (territories.length === 0) throw new DomainError('FORBIDDEN', { act: 'incident.operate' });
  const everywhere = territories.includes('*');
  return deps.store.incidents.list({ open: input.open, ...(everywhere ? {} : { territories }) }, input.page);
}

/** Tries again what an incident stopped. @throws DomainError INCIDENT_NOT_FOUND, INCIDENT_ALREADY_RESOLVED */
export async function retryIncident(
  deps: Dependencies,
  context: RequestContext,
  input: { id: string },
): Promise<Incident> {
  const incident = await deps.store.incidents.find(input.id);
  if (incident === null || !isAllowed(context.actor, 'incident.operate', { territory: incident.territory })) {
    throw new DomainError('INCIDENT_NOT_FOUND', { incident: input.id });
  }
  authorize(context.actor, 'incident.operate', { territory: incident.territory });
  await deps.engine.retry(incident.id, context.actor, {
    write: async (tx) => {
      await remember(deps, context, tx, { kind: 'incident', id: incident.id });
      return [];
    },
  });
  return (await deps.store.incidents.find(incident.id)) ?? incident;
}

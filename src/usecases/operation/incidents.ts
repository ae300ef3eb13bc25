import { authorize, isAllowed } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import type { LocalizedText } from '../../domain/json.ts';
import { grantsOf } from '../../domain/party.ts';
import type { Incident } from '../../domain/process.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { Dependencies, RequestContext } from '../dependencies.ts';
import { remember } from '../remember.ts';

/** An incident with what finds it again: its dossier's number, the version it runs by, the name of its place in the diagram. */
export interface IncidentView extends Incident {
  dossierNumber: string | null;
  version: string | null;
  name: LocalizedText | null;
}

/** Incidents of the territories one operates, newest first. */
export async function listIncidents(
  deps: Dependencies,
  { actor }: RequestContext,
  input: { open: boolean; page: PageRequest },
): Promise<Page<IncidentView>> {
  const territories = grantsOf(actor, 'operator').map((grant) => grant.territory);
  if (territories.length === 0) throw new DomainError('FORBIDDEN', { act: 'incident.operate' });
  const everywhere = territories.includes('*');
  const page = await deps.store.incidents.list(
    { open: input.open, ...(everywhere ? {} : { territories }) },
    input.page,
  );
  return { ...page, items: await withPlaces(deps, page.items) };
}

/** One incident. @throws DomainError INCIDENT_NOT_FOUND, also where one does not operate */
export async function readIncident(
  deps: Dependencies,
  { actor }: RequestContext,
  input: { id: string },
): Promise<IncidentView> {
  const incident = await deps.store.incidents.find(input.id);
  if (incident === null || !isAllowed(actor, 'incident.operate', { territory: incident.territory })) {
    throw new DomainError('INCIDENT_NOT_FOUND', { incident: input.id });
  }
  return withPlace(deps, incident);
}

/** Tries again what an incident stopped. @throws DomainError INCIDENT_NOT_FOUND, INCIDENT_ALREADY_RESOLVED */
export async function retryIncident(
  deps: Dependencies,
  context: RequestContext,
  input: { id: string },
): Promise<IncidentView> {
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
  return withPlace(deps, (await deps.store.incidents.find(incident.id)) ?? incident);
}

async function withPlace(deps: Dependencies, incident: Incident): Promise<IncidentView> {
  const [view] = await withPlaces(deps, [incident]);
  return view as IncidentView;
}

/** Incidents with what finds them again. */
export async function withPlaces(deps: Dependencies, incidents: Incident[]): Promise<IncidentView[]> {
  const dossiers = await deps.store.dossiers.some([...new Set(incidents.map(({ dossier }) => dossier))]);
  const byId = new Map(dossiers.map((dossier) => [dossier.id, dossier]));
  return Promise.all(
    incidents.map(async (incident) => {
      const dossier = byId.get(incident.dossier);
      const definition = dossier === undefined ? null : await definitionOf(deps, incident, dossier);
      const version = definition === null ? null : await deps.catalog.get(definition);
      return {
        ...incident,
        dossierNumber: dossier?.number ?? null,
        version: definition,
        name: version?.names[incident.flowNode] ?? null,
      };
    }),
  );
}

/** The version by which the process runs that stopped; a dossier may have processes beside that of its procedure. */
async function definitionOf(
  { store }: Dependencies,
  { procedure, instance }: Incident,
  dossier: Dossier,
): Promise<string | null> {
  if (procedure === dossier.procedure) return dossier.definition;
  return (await store.instances.find(instance))?.definition ?? null;
}

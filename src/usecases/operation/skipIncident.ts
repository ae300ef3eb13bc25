import { isAllowed } from '../../domain/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Dependencies, RequestContext } from '../dependencies.ts';
import { type IncidentView, readIncident } from './incidents.ts';
import { checkGiven, recorded } from './intervene.ts';

/**
 * Takes what an incident stopped as done, with the variables it would have brought: the process goes on behind it. What the
 * work would have written or sent is not made up for; a person's task is never skipped.
 * @throws DomainError INCIDENT_NOT_FOUND, INCIDENT_ALREADY_RESOLVED, SKIP_NOT_POSSIBLE, INTERVENTION_NOT_SUPPORTED, INVALID_INPUT
 */
export async function skipIncident(
  deps: Dependencies,
  context: RequestContext,
  input: { id: string; reason: string; variables?: JsonObject | undefined },
): Promise<IncidentView> {
  const incident = await readIncident(deps, context, input);
  const dossier = await deps.store.dossiers.find(incident.dossier);
  if (dossier === null || !isAllowed(context.actor, 'instance.operate', dossier)) {
    throw new DomainError('INCIDENT_NOT_FOUND', { incident: input.id });
  }
  checkGiven(input);
  const { variables = {}, reason } = input;
  const { id, instance, flowNode } = incident;
  const what = { instance, kind: 'skip', reason, flowNode, names: Object.keys(variables) } as const;
  const alongside = recorded(deps, context, dossier, { kind: 'incident', id }, what);
  await deps.engine.skip(id, variables, context.actor, alongside);
  return readIncident(deps, context, input);
}

import type { JsonObject } from '../../domain/json.ts';
import type { Incident } from '../../domain/process.ts';
import { presentInstant, presentMaybeInstant } from './instant.ts';

/** A stop that needs a person, without the engine's own state. */
export function presentIncident(incident: Incident): JsonObject {
  return {
    id: incident.id,
    dossier: incident.dossier,
    procedure: incident.procedure,
    territory: incident.territory,
    flowNode: incident.flowNode,
    kind: incident.kind,
    handler: incident.job?.handler ?? null,
    code: incident.code,
    message: incident.message,
    attempts: incident.attempts,
    createdAt: presentInstant(incident.createdAt),
    resolvedAt: presentMaybeInstant(incident.resolvedAt),
    resolvedBy: incident.resolvedBy,
  };
}

/** Business time. */
export function presentClock({ now, kind }: { now: number; kind: 'real' | 'demo' }): JsonObject {
  return { now: presentInstant(now), kind };
}

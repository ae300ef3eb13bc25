import type { Distribution } from '../../analytics/distribution.ts';
import { STEP_DIMENSIONS, type StepMeasure } from '../../analytics/steps.ts';
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

/** How long one step takes, in seconds; only the dimensions asked for are there. */
export function presentMeasure(measure: StepMeasure): JsonObject {
  const dimensions = STEP_DIMENSIONS.flatMap((name) => {
    const value = measure[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    flowNode: measure.flowNode,
    ...Object.fromEntries(dimensions),
    finished: measure.finished,
    open: measure.open,
    elapsed: presentDistribution(measure.elapsed),
    working: presentDistribution(measure.working),
  };
}

function presentDistribution(distribution: Distribution | null): JsonObject | null {
  if (distribution === null) return null;
  const { count, min, max, mean, median, p90 } = distribution;
  return { count, min, max, mean, median, p90 };
}

import type { Distribution } from '../../analytics/distribution.ts';
import { STEP_DIMENSIONS, type StepMeasure } from '../../analytics/steps.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { MeasuredOccurrence } from '../application.ts';
import { presentInstant, presentMaybeInstant } from './instant.ts';

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

/** One occurrence behind a figure; nothing of persons. */
export function presentOccurrence(occurrence: MeasuredOccurrence): JsonObject {
  return {
    id: occurrence.id,
    dossier: occurrence.dossier,
    dossierNumber: occurrence.dossierNumber,
    procedure: occurrence.procedure,
    version: occurrence.version,
    flowNode: occurrence.flowNode,
    body: occurrence.body,
    commune: occurrence.territory,
    startedAt: presentInstant(occurrence.startedAt),
    endedAt: presentMaybeInstant(occurrence.endedAt),
    outcome: occurrence.outcome,
    elapsedSeconds: occurrence.elapsedSeconds,
    workingSeconds: occurrence.workingSeconds,
  };
}

function presentDistribution(distribution: Distribution | null): JsonObject | null {
  if (distribution === null) return null;
  const { count, min, max, mean, p25, median, p75, p90 } = distribution;
  return { count, min, max, mean, p25, median, p75, p90 };
}

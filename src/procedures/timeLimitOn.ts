import type { ProcedureSettings, TimeLimitProfile } from './types.ts';

/**
 * The statutory total that governs an application filed on a day (`YYYY-MM-DD`): the special text in force, else the
 * shortest ceiling of a general law, else null.
 */
export function timeLimitOn(
  settings: Pick<ProcedureSettings, 'timeLimits'>,
  day: string,
): TimeLimitProfile | null {
  const inForce = settings.timeLimits.filter(
    ({ inForceFrom, inForceTo }) => inForceFrom <= day && (inForceTo === null || day < inForceTo),
  );
  const special = inForce.find(({ cap }) => cap !== true);
  return special ?? inForce.toSorted((a, b) => a.amount - b.amount)[0] ?? null;
}

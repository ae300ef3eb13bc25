import type { Dossier } from '../../domain/dossier.ts';
import { deadline } from '../../domain/legalTime/deadline.ts';
import { timeLimitOn } from '../../procedures/timeLimitOn.ts';
import type { ProcedureVersion, TimeLimitProfile } from '../../procedures/types.ts';
import type { Core } from '../dependencies.ts';

/** The statutory delay that applies to a filing, by its date, and when it ends for the running round. */
export function timeLimitOf(
  core: Pick<Core, 'workingTime'>,
  dossier: Dossier,
  version: ProcedureVersion,
): { profile: TimeLimitProfile; dueAt: number | null } | null {
  if (dossier.submittedAt === null) return null;
  const workingTime = core.workingTime(dossier.commune);
  const filedOn = workingTime.localDateOf(dossier.submittedAt);
  const profile = timeLimitOn(version.settings, filedOn);
  if (profile === null) return null;
  const limit = { amount: `P${profile.amount}D`, calendar: profile.unit };
  const dueAt = dossier.clockStartedAt === null ? null : deadline(workingTime, dossier.clockStartedAt, limit);
  return { profile, dueAt };
}

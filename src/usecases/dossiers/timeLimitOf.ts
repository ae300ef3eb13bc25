import type { Dossier } from '../../domain/dossier.ts';
import { countDays } from '../../domain/legalTime/countDays.ts';
import { deadline } from '../../domain/legalTime/deadline.ts';
import type { Interval } from '../../domain/legalTime/intervals.ts';
import { timeLimitOn } from '../../procedures/timeLimitOn.ts';
import type { ProcedureVersion, TimeLimitProfile } from '../../procedures/types.ts';
import type { Core } from '../dependencies.ts';

/**
 * The statutory delay that applies to a filing, by its date, and when it ends for the running round: days that went by
 * while only the applicant was asked for something (`pauses`) are not the administration's.
 */
export function timeLimitOf(
  core: Pick<Core, 'workingTime'>,
  dossier: Dossier,
  version: ProcedureVersion,
  pauses: readonly Interval[] = [],
): { profile: TimeLimitProfile; dueAt: number | null; pausedDays: number } | null {
  if (dossier.submittedAt === null) return null;
  const workingTime = core.workingTime(dossier.commune);
  const filedOn = workingTime.localDateOf(dossier.submittedAt);
  const profile = timeLimitOn(version.settings, filedOn);
  if (profile === null) return null;
  const start = dossier.clockStartedAt;
  if (start === null) return { profile, dueAt: null, pausedDays: 0 };
  const pausedDays = pauses
    .filter(({ to }) => to > start)
    .reduce((sum, { from, to }) => sum + countDays(workingTime, Math.max(from, start), to, profile.unit), 0);
  const limit = { amount: `P${profile.amount + pausedDays}D`, calendar: profile.unit };
  return { profile, dueAt: deadline(workingTime, start, limit), pausedDays };
}

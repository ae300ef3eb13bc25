import type { Document } from '../domain/document.ts';
import type { Dossier } from '../domain/dossier.ts';
import { DomainError } from '../domain/errors.ts';
import type { ProcedureVersion } from '../procedures/types.ts';
import { currentPlans, plansAreSigned } from '../usecases/dossiers/planDigests.ts';

/** @throws DomainError ARCHITECT_SIGNATURE_MISSING unless the architect signed the plans as they are now */
export function requirePlansSigned(
  dossier: Dossier,
  version: ProcedureVersion,
  documents: Document[],
  round: number,
): void {
  const plans = currentPlans(version, documents);
  if (plans.length > 0 && !plansAreSigned(dossier, round, plans)) {
    throw new DomainError('ARCHITECT_SIGNATURE_MISSING', { plans: plans.map((plan) => plan.piece) });
  }
}

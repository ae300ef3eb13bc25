import type { Dossier } from '../../domain/dossier.ts';
import type { JsonObject } from '../../domain/json.ts';
import { presentInstant, presentMaybeInstant } from './instant.ts';

/** A dossier as a list shows it: no application, no opinions. */
export function presentDossierRow(dossier: Dossier): JsonObject {
  return {
    id: dossier.id,
    number: dossier.number,
    procedure: dossier.procedure,
    commune: dossier.commune,
    status: dossier.status,
    applicant: dossier.applicant,
    architect: dossier.architect,
    round: dossier.round,
    submittedAt: presentMaybeInstant(dossier.submittedAt),
    endedAt: presentMaybeInstant(dossier.endedAt),
    createdAt: presentInstant(dossier.createdAt),
    updatedAt: presentInstant(dossier.updatedAt),
    version: dossier.version,
  };
}

import type { Dossier } from '../../domain/dossier.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { DossierRow } from '../application.ts';
import { presentText } from './account.ts';
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

/** A dossier as a list names it: who, what, where, and whose turn it is. */
export function presentNamedDossier(row: DossierRow): JsonObject {
  return {
    ...presentDossierRow(row.dossier),
    procedureName: presentText(row.procedureName),
    communeName: presentText(row.communeName),
    applicantName: row.applicantName,
    architectName: row.architectName,
    turn: row.turn,
  };
}

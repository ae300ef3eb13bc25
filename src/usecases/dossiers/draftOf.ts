import type { Dossier } from '../../domain/dossier.ts';

/** A draft as it begins: who it is for and who types it; all else is still to come. */
export function draftOf(
  begun: Pick<
    Dossier,
    | 'id'
    | 'procedure'
    | 'commune'
    | 'applicant'
    | 'architect'
    | 'createdBy'
    | 'channel'
    | 'application'
    | 'createdAt'
  >,
): Dossier {
  return {
    ...begun,
    number: null,
    definition: null,
    instance: null,
    status: 'draft',
    round: 1,
    architectSignatures: [],
    receipt: null,
    filingRejection: null,
    classification: null,
    complements: [],
    committee: null,
    minutes: [],
    decision: null,
    reserves: [],
    tax: null,
    records: {},
    clockStartedAt: null,
    submittedAt: null,
    endedAt: null,
    updatedAt: begun.createdAt,
    version: 1,
  };
}

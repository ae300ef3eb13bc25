import { authorize } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { grantsOf } from '../../domain/party.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { dossierEvent } from '../dossierEvent.ts';
import { remember } from '../remember.ts';
import { findParty } from './findParty.ts';

/** Begins a draft: an applicant for oneself, or an architect for the owner who is named. */
export async function startDraft(
  core: Core,
  context: RequestContext,
  input: {
    procedure: string;
    commune: string;
    architectEmail?: string | undefined;
    applicantEmail?: string | undefined;
    application?: JsonObject | undefined;
  },
): Promise<Dossier> {
  const { actor } = context;
  authorize(actor, 'dossier.draft', { commune: input.commune });
  requireCommune(core, input.commune);
  await core.catalog.inForce(input.procedure, core.clock.now());
  const isApplicant = grantsOf(actor, 'applicant').length > 0;
  const isArchitect = grantsOf(actor, 'architect').length > 0;
  // An architect files for the owner; nobody else begins anything in another's name.
  if (input.applicantEmail !== undefined && !isArchitect) {
    throw new DomainError('FORBIDDEN', { field: '/applicantEmail' });
  }
  const applicant =
    input.applicantEmail === undefined && isApplicant
      ? actor.account
      : await findParty(core, 'applicant', input.applicantEmail);
  const architect =
    input.architectEmail === undefined
      ? isArchitect
        ? actor.account
        : null
      : await findParty(core, 'architect', input.architectEmail);
  const now = core.clock.now();
  const dossier: Dossier = {
    id: core.newId(),
    number: null,
    procedure: input.procedure,
    definition: null,
    instance: null,
    commune: input.commune,
    status: 'draft',
    applicant,
    architect,
    createdBy: actor.account,
    application: input.application ?? {},
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
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  return core.store.transaction(async (tx) => {
    await core.store.dossiers.insert(tx, dossier);
    await remember(core, context, tx, { kind: 'dossier', id: dossier.id });
    core.store.appendEvents(tx, [dossierEvent(dossier, 'DraftStarted', actor, now, { party: 'applicant' })]);
    return dossier;
  });
}

/** @throws DomainError TERRITORY_NOT_FOUND unless the code is of a commune */
export function requireCommune(core: Pick<Core, 'territories'>, code: string): void {
  if (core.territories.find(code)?.kind !== 'commune')
    throw new DomainError('TERRITORY_NOT_FOUND', { code, field: '/commune' });
}

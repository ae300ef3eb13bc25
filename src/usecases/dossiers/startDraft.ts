import { authorize } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { grantsOf } from '../../domain/party.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { dossierEvent } from '../dossierEvent.ts';
import { remember } from '../remember.ts';
import { draftOf } from './draftOf.ts';
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
  const mayName = isArchitect || (actor.actsFor ?? []).length > 0;
  if (input.applicantEmail !== undefined && !mayName) {
    throw new DomainError('FORBIDDEN', { field: '/applicantEmail' });
  }
  const applicant =
    input.applicantEmail === undefined && isApplicant
      ? actor.account
      : await findParty(core, 'applicant', input.applicantEmail);
  const isDelegate =
    actor.actsFor?.some(
      ({ principal, procedure }) =>
        principal === applicant && (procedure === null || procedure === input.procedure),
    ) ?? false;
  // An architect files for the owner, a delegate for who named them; nobody else begins anything in another's name.
  if (applicant !== actor.account && !isArchitect && !isDelegate) {
    throw new DomainError('FORBIDDEN', { field: '/applicantEmail' });
  }
  const architect =
    input.architectEmail === undefined
      ? isArchitect
        ? actor.account
        : null
      : await findParty(core, 'architect', input.architectEmail);
  const now = core.clock.now();
  const dossier = draftOf({
    id: core.newId(),
    procedure: input.procedure,
    commune: input.commune,
    applicant,
    architect,
    // What a delegate begins is the principal's: a delegation taken back leaves nothing behind.
    createdBy: isDelegate && !isArchitect ? applicant : actor.account,
    channel: 'online',
    application: input.application ?? {},
    createdAt: now,
  });
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

import { authorize } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import { classify } from '../../procedures/classify.ts';
import { formErrors } from '../../procedures/formErrors.ts';
import { missingPieces } from '../../procedures/pieces.ts';
import type { ProcedureVersion } from '../../procedures/types.ts';
import type { Dependencies, RequestContext } from '../dependencies.ts';
import { dossierEvent } from '../dossierEvent.ts';
import { invalidInput } from '../invalidInput.ts';
import { remember } from '../remember.ts';
import { currentPlans, plansAreSigned } from './planDigests.ts';
import { visibleDossier } from './visibleDossier.ts';

/**
 * Files a draft and begins its process: the answer carries the number, and either the receipt or the dated refusal.
 * A missing principal piece does not refuse the request: the diagram's first gateway decides (RGC 33).
 */
export async function submitApplication(
  deps: Dependencies,
  context: RequestContext,
  input: { id: string; ifVersion?: number | undefined },
): Promise<Dossier> {
  const { store, clock, catalog } = deps;
  const seen = await visibleDossier(deps, context, input.id);
  authorize(context.actor, 'dossier.submit', seen);
  requireDraft(seen, input.ifVersion);
  const version = await catalog.inForce(seen.procedure, clock.now());
  const form = version.settings.forms.application;
  invalidInput(formErrors(version, form, seen.application));
  const classification = classify(version, seen.application);
  if (classification?.size === 'large') throw new DomainError('PROJECT_IS_LARGE', { ...classification });
  await requireServed(deps, seen.commune, version);
  const documents = await store.documents.ofDossier(seen.id);
  const plans = currentPlans(version, documents);
  if (plans.length > 0 && !plansAreSigned(seen, seen.round, plans)) {
    throw new DomainError('ARCHITECT_SIGNATURE_MISSING', { plans: plans.map((plan) => plan.piece) });
  }
  const present = documents.filter((document) => document.current).map((document) => document.piece);
  const missing = missingPieces(version.settings, seen.application, present);
  const instance = deps.newId();
  await deps.engine.start(
    {
      id: instance,
      definition: version.hash,
      dossier: seen.id,
      procedure: seen.procedure,
      territory: seen.commune,
      variables: { missingPieces: missing.map((piece) => piece.code) },
    },
    context.actor,
    {
      write: async (tx, { now }) => {
        const dossier = await store.dossiers.get(seen.id, tx);
        requireDraft(dossier, seen.version);
        await store.dossiers.save(tx, {
          ...dossier,
          status: 'filed',
          definition: version.hash,
          instance,
          classification,
          submittedAt: now,
          updatedAt: now,
        });
        await remember(deps, context, tx, { kind: 'dossier', id: dossier.id });
        return [
          dossierEvent(dossier, 'ApplicationSubmitted', context.actor, now, {
            party: 'applicant',
            article: classification?.article ?? null,
            data: { definition: version.hash, instance, rule: classification?.rule ?? null },
          }),
        ];
      },
    },
  );
  return store.dossiers.get(seen.id);
}

function requireDraft(dossier: Dossier, version: number | undefined): void {
  if (dossier.status !== 'draft') throw new DomainError('DOSSIER_NOT_DRAFT', { dossier: dossier.id });
  if (version !== undefined && dossier.version !== version) {
    throw new DomainError('STALE_VERSION', { current: dossier.version, given: version });
  }
}

/** The legal clock must not begin to run where nobody can act: the commune's own offices that the procedure passes. */
async function requireServed(
  { store }: Dependencies,
  commune: string,
  { tasks }: ProcedureVersion,
): Promise<void> {
  for (const role of ['registryOfficer', 'president'] as const) {
    if (!Object.values(tasks).some(({ roles }) => roles.includes(role))) continue;
    if ((await store.accounts.holders(role, commune)).length === 0) {
      throw new DomainError('COMMUNE_NOT_SERVED', { commune, role });
    }
  }
}

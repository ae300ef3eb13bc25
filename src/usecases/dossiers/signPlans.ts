import { authorize } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import { requireConfirmation } from '../accounts/confirmSignature.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { dossierEvent } from '../dossierEvent.ts';
import { remember } from '../remember.ts';
import { currentPlans, planStatement } from './planDigests.ts';
import { preparedRound } from './preparedRound.ts';
import { visibleDossier } from './visibleDossier.ts';

/** The architect signs the digests of the current plans, for the draft or for what is being prepared. */
export async function signPlans(
  core: Core,
  context: RequestContext,
  input: { id: string },
): Promise<Dossier> {
  const { actor } = context;
  const seen = await visibleDossier(core, context, input.id);
  authorize(actor, 'dossier.signPlans', seen);
  const version =
    seen.definition === null
      ? await core.catalog.inForce(seen.procedure, core.clock.now())
      : await core.catalog.get(seen.definition);
  const open = (await core.store.tasks.ofDossier(seen.id)).filter((task) => task.status === 'open');
  const round = preparedRound(seen, open);
  if (round === null) throw new DomainError('DOCUMENTS_NOT_EXPECTED', { dossier: seen.id });
  const plans = currentPlans(version, await core.store.documents.ofDossier(seen.id));
  if (plans.length === 0) throw new DomainError('NOTHING_TO_SIGN', { dossier: seen.id });
  requireConfirmation(core, context);
  const signed = await core.signer.signJson(actor, planStatement(seen, round, plans));
  return core.store.transaction(async (tx) => {
    const dossier = await core.store.dossiers.get(seen.id, tx);
    const now = core.clock.now();
    await remember(core, context, tx, { kind: 'dossier', id: dossier.id });
    core.store.appendEvents(tx, [
      dossierEvent(dossier, 'ArchitectSigned', actor, now, {
        party: 'applicant',
        data: { round, plans: plans.map((plan) => plan.sha256) },
      }),
    ]);
    const signature = { ...signed, round, at: now, account: actor.account };
    return core.store.dossiers.save(tx, {
      ...dossier,
      architectSignatures: [...dossier.architectSignatures, signature],
      updatedAt: now,
    });
  });
}

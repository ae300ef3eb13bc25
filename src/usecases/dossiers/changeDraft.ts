import { authorize } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { dossierEvent } from '../dossierEvent.ts';
import { findParty } from './findParty.ts';
import { requireCommune } from './startDraft.ts';
import { visibleDossier } from './visibleDossier.ts';

/** Saves a draft as it is typed; nothing is checked but its size until it is filed. */
export async function changeDraft(
  core: Core,
  context: RequestContext,
  input: {
    id: string;
    ifVersion: number;
    application?: JsonObject | undefined;
    commune?: string | undefined;
    architectEmail?: string | undefined;
  },
): Promise<Dossier> {
  if (input.commune !== undefined) requireCommune(core, input.commune);
  const architect =
    input.architectEmail === undefined ? undefined : await findParty(core, 'architect', input.architectEmail);
  return core.store.transaction(async (tx) => {
    const dossier = await visibleDossier(core, context, input.id, tx);
    authorize(context.actor, 'dossier.edit', dossier);
    if (dossier.status !== 'draft') throw new DomainError('DOSSIER_NOT_DRAFT', { dossier: dossier.id });
    if (dossier.version !== input.ifVersion) {
      throw new DomainError('STALE_VERSION', { current: dossier.version, given: input.ifVersion });
    }
    const now = core.clock.now();
    core.store.appendEvents(tx, [
      dossierEvent(dossier, 'DraftChanged', context.actor, now, { party: 'applicant' }),
    ]);
    return core.store.dossiers.save(tx, {
      ...dossier,
      application: input.application ?? dossier.application,
      commune: input.commune ?? dossier.commune,
      architect: architect ?? dossier.architect,
      updatedAt: now,
    });
  });
}

import { isAllowed } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Tx } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';

/** Finds a dossier that the policy shows to this person; others learn nothing of its existence. */
export async function visibleDossier(
  core: Pick<Core, 'store'>,
  context: RequestContext,
  id: string,
  tx?: Tx,
): Promise<Dossier> {
  const dossier = await core.store.dossiers.find(id, tx);
  if (dossier === null || !isAllowed(context.actor, 'dossier.read', dossier)) {
    throw new DomainError('DOSSIER_NOT_FOUND', { dossier: id });
  }
  return dossier;
}

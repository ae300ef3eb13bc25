import type { Dossier } from '../domain/dossier.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from '../usecases/dependencies.ts';

/** Reads a dossier in the transaction, changes it, saves it; answers it as it is then. */
export async function changeDossier(
  core: Pick<Core, 'store'>,
  tx: Tx,
  id: string,
  now: number,
  change: (dossier: Dossier) => Partial<Dossier>,
): Promise<Dossier> {
  const dossier = await core.store.dossiers.get(id, tx);
  return core.store.dossiers.save(tx, { ...dossier, ...change(dossier), updatedAt: now });
}

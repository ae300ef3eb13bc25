import type { Dossier } from '../domain/dossier.ts';
import type { ProcedureVersion } from '../procedures/types.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from '../usecases/dependencies.ts';

/** Next number of the commune's register for this type and year: `<commune>-<type>-<year>-<sequence>`, without gaps. */
export async function numberDossier(
  core: Pick<Core, 'store' | 'workingTime'>,
  tx: Tx,
  dossier: Dossier,
  version: ProcedureVersion,
  now: number,
): Promise<string> {
  const year = core.workingTime(dossier.commune).localDateOf(now).slice(0, 4);
  const series = `${dossier.commune}-${version.settings.numberType}-${year}`;
  const sequence = await core.store.counters.next(tx, series);
  const number = `${series}-${String(sequence).padStart(5, '0')}`;
  await core.store.dossiers.index(tx, { ...dossier, number });
  return number;
}

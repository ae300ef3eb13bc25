import type { Dossier } from '../../domain/dossier.ts';
import type { Application, Letterhead } from '../../gateways/pdf/templates.ts';
import type { ProcedureVersion } from '../../procedures/types.ts';
import type { Core } from '../../usecases/dependencies.ts';
import { describeApplication, letterDate } from './describeApplication.ts';
import { bilingual } from './names.ts';

/** The head common to all letters of a dossier, and the application they speak of. */
export async function letterhead(
  core: Pick<Core, 'territories' | 'workingTime' | 'store'>,
  dossier: Dossier,
  version: ProcedureVersion,
  at: number,
  test: boolean,
): Promise<Letterhead & { application: Application }> {
  const applicant = await core.store.accounts.find(dossier.applicant);
  const workingTime = core.workingTime(dossier.commune);
  const province = core.territories.provinceOf(dossier.commune);
  return {
    province: bilingual(province.name),
    provinceKind: province.kind === 'prefecture' ? 'prefecture' : 'province',
    commune: bilingual(core.territories.get(dossier.commune).name),
    number: dossier.number ?? '',
    date: letterDate(workingTime, at),
    test,
    application: describeApplication(dossier, applicant?.name ?? '', version, workingTime),
  };
}

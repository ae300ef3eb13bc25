import type { Dossier } from '../../domain/dossier.ts';
import type { LocalizedText } from '../../domain/json.ts';
import type { Task } from '../../domain/process.ts';
import type { Core } from '../dependencies.ts';
import { meaningOf } from '../tasks/meaningOf.ts';

/** A dossier with the names and the turn that a list shows beside it. */
export interface DossierRow {
  dossier: Dossier;
  procedureName: LocalizedText;
  communeName: LocalizedText;
  applicantName: string;
  architectName: string | null;
  /** Who has to act; null when nobody has any more. */
  turn: 'applicant' | 'administration' | null;
}

/** Names the dossiers of one page: people and tasks are asked for once for all of them. */
export async function dossierRows(
  core: Pick<Core, 'store' | 'catalog' | 'territories' | 'clock'>,
  dossiers: Dossier[],
): Promise<DossierRow[]> {
  const people = dossiers.flatMap(({ applicant, architect }) =>
    architect === null ? [applicant] : [applicant, architect],
  );
  const names = await core.store.accounts.namesOf([...new Set(people)]);
  const running = dossiers.filter(({ status }) => status === 'filed' || status === 'underStudy');
  const open = new Map<string, Task[]>();
  for (const task of running.length === 0
    ? []
    : await core.store.tasks.ofDossiers(running.map(({ id }) => id)))
    if (task.status === 'open') open.set(task.dossier, [...(open.get(task.dossier) ?? []), task]);
  const meaning = await meaningOf(core, [...open.values()].flat());
  const draftNames = new Map<string, LocalizedText>();
  for (const { procedure } of dossiers.filter(({ definition }) => definition === null))
    if (!draftNames.has(procedure)) draftNames.set(procedure, await nameOf(core, procedure));
  return Promise.all(
    dossiers.map(async (dossier) => {
      const version = dossier.definition === null ? null : await core.catalog.get(dossier.definition);
      return {
        dossier,
        procedureName: version?.settings.name ??
          draftNames.get(dossier.procedure) ?? { ar: dossier.procedure, fr: dossier.procedure },
        communeName: core.territories.get(dossier.commune).name,
        applicantName: names.get(dossier.applicant) ?? '',
        architectName: dossier.architect === null ? null : (names.get(dossier.architect) ?? ''),
        turn: turnOf(dossier, open.get(dossier.id) ?? [], (task) => meaning(task).party === 'applicant'),
      };
    }),
  );
}

function turnOf(dossier: Dossier, open: Task[], isApplicants: (task: Task) => boolean): DossierRow['turn'] {
  if (dossier.status === 'draft') return 'applicant';
  if (dossier.status !== 'filed' && dossier.status !== 'underStudy') return null;
  return open.length > 0 && open.every(isApplicants) ? 'applicant' : 'administration';
}

/** A draft's procedure may have been withdrawn since: its name is still known. */
async function nameOf(core: Pick<Core, 'store'>, procedure: string): Promise<LocalizedText> {
  const [latest] = await core.store.procedures.versions(procedure);
  return latest?.settings.name ?? { ar: procedure, fr: procedure };
}

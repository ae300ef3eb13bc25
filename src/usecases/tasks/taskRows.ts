import type { LocalizedText } from '../../domain/json.ts';
import type { Task } from '../../domain/process.ts';
import type { Core } from '../dependencies.ts';

/** A task with the names that a list shows beside it. */
export interface TaskRow {
  task: Task;
  name: LocalizedText;
  procedureName: LocalizedText;
  communeName: LocalizedText;
  applicantName: string | null;
  assigneeName: string | null;
}

/** Names the tasks of one page: versions are known by heart, dossiers and people are asked for once each. */
export async function taskRows(
  core: Pick<Core, 'store' | 'catalog' | 'territories'>,
  tasks: Task[],
): Promise<TaskRow[]> {
  const applicants = await core.store.dossiers.applicantsOf(tasks.map((task) => task.dossier));
  const people = tasks.flatMap(({ assignee }) => (assignee === null ? [] : [assignee]));
  const names = await core.store.accounts.namesOf([...applicants.values(), ...people]);
  return Promise.all(
    tasks.map(async (task) => {
      const { settings, names: steps } = await core.catalog.get(task.definition);
      const applicant = applicants.get(task.dossier);
      return {
        task,
        name: steps[task.flowNode] ?? { ar: task.flowNode, fr: task.flowNode },
        procedureName: settings.name,
        communeName: core.territories.get(task.territory).name,
        applicantName: (applicant !== undefined && names.get(applicant)) || null,
        assigneeName: (task.assignee !== null && names.get(task.assignee)) || null,
      };
    }),
  );
}

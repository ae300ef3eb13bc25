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

/** Names the tasks of one page: versions are known by heart, people are asked for together. */
export async function taskRows(
  core: Pick<Core, 'store' | 'catalog' | 'territories'>,
  tasks: Task[],
): Promise<TaskRow[]> {
  const people = tasks.flatMap(({ applicant, assignee }) => [
    applicant,
    ...(assignee === null ? [] : [assignee]),
  ]);
  const names = await core.store.accounts.namesOf(people);
  return Promise.all(
    tasks.map(async (task) => {
      const { settings, names: steps } = await core.catalog.get(task.definition);
      return {
        task,
        name: steps[task.flowNode] ?? { ar: task.flowNode, fr: task.flowNode },
        procedureName: settings.name,
        communeName: core.territories.get(task.territory).name,
        applicantName: names.get(task.applicant) ?? null,
        assigneeName: (task.assignee !== null && names.get(task.assignee)) || null,
      };
    }),
  );
}

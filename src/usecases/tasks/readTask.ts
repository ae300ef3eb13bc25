import type { Dossier } from '../../domain/dossier.ts';
import type { Task } from '../../domain/process.ts';
import type { Form, TaskDefinition } from '../../procedures/types.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { visibleTask } from './visibleTask.ts';

/** A task with what is needed to do it: its meaning in the diagram and the form to fill in. */
export async function readTask(
  core: Core,
  context: RequestContext,
  input: { id: string },
): Promise<{
  task: Task;
  dossier: Dossier;
  definition: TaskDefinition;
  form: Form | null;
  assigneeName: string | null;
}> {
  const { task, dossier } = await visibleTask(core, context, input.id);
  const version = await core.catalog.get(task.definition);
  const definition = version.tasks[task.flowNode];
  if (definition === undefined) throw new Error(`version ${version.hash} has no task ${task.flowNode}`);
  const form = task.form === null ? null : (version.forms[task.form] ?? null);
  const holder = task.assignee === null ? null : await core.store.accounts.find(task.assignee);
  return { task, dossier, definition, form, assigneeName: holder?.name ?? null };
}

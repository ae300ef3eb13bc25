import { isAllowed } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Task } from '../../domain/process.ts';
import type { Core, RequestContext } from '../dependencies.ts';

/** Finds a task that the policy shows to this person, with its dossier; others learn nothing of it. */
export async function visibleTask(
  core: Pick<Core, 'store'>,
  context: RequestContext,
  id: string,
): Promise<{ task: Task; dossier: Dossier }> {
  const task = await core.store.tasks.find(id);
  const dossier = task === null ? null : await core.store.dossiers.find(task.dossier);
  if (task === null || dossier === null || !isAllowed(context.actor, 'task.read', { task, dossier })) {
    throw new DomainError('TASK_NOT_FOUND', { task: id });
  }
  return { task, dossier };
}

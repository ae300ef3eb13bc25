import { authorize } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Task } from '../../domain/process.ts';
import { isSigning, taskHandler } from '../../handlers/registry.ts';
import { formErrors } from '../../procedures/formErrors.ts';
import { requireConfirmation } from '../accounts/confirmSignature.ts';
import type { Dependencies, RequestContext } from '../dependencies.ts';
import { invalidInput } from '../invalidInput.ts';
import { remember } from '../remember.ts';
import { visibleTask } from './visibleTask.ts';

/**
 * Completes a task with its form: checked by schema and rule, then all that follows in one transaction.
 * An unclaimed task is taken by whoever completes it first; a claimed one only by its holder.
 * @throws DomainError TASK_ALREADY_DONE, TASK_TAKEN, STALE_VERSION, INVALID_INPUT, CONFIRMATION_REQUIRED,
 * CONFIRMATION_EXPIRED, or the handler's own refusal
 */
export async function completeTask(
  deps: Dependencies,
  context: RequestContext,
  input: { id: string; ifVersion?: number | undefined; payload: JsonObject },
): Promise<{ task: Task; dossier: Dossier }> {
  const { store } = deps;
  const { actor } = context;
  const { task, dossier } = await visibleTask(deps, context, input.id);
  authorize(actor, 'task.do', { task, dossier });
  requireMine(task, actor.account, input.ifVersion);
  const version = await deps.catalog.get(task.definition);
  if (task.form !== null) invalidInput(formErrors(version, task.form, input.payload));
  if (isSigning(task.handler)) requireConfirmation(deps, context);
  const work = { task, dossier, version, payload: input.payload, actor, now: deps.clock.now() };
  const outcome = await taskHandler(task.handler)(deps, work);
  await deps.engine.complete(task, outcome.variables, actor, {
    check: async (tx) => {
      const current = await store.tasks.find(task.id, tx);
      requireMine(current ?? task, actor.account, input.ifVersion);
    },
    write: async (tx) => {
      await remember(deps, context, tx, { kind: 'task', id: task.id });
      return outcome.write(tx);
    },
  });
  return {
    task: (await store.tasks.find(task.id)) ?? task,
    dossier: await store.dossiers.get(dossier.id),
  };
}

function requireMine(task: Task, account: string, version: number | undefined): void {
  if (task.status !== 'open') throw new DomainError('TASK_ALREADY_DONE', { task: task.id });
  if (task.assignee !== null && task.assignee !== account)
    throw new DomainError('TASK_TAKEN', { task: task.id });
  if (version !== undefined && task.version !== version) {
    throw new DomainError('STALE_VERSION', { current: task.version, given: version });
  }
}

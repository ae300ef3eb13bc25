import { authorize } from '../../domain/access.ts';
import type { EventType } from '../../domain/events.ts';
import type { Task } from '../../domain/process.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { dossierEvent } from '../dossierEvent.ts';
import { remember } from '../remember.ts';
import { visibleTask } from './visibleTask.ts';

interface Input {
  id: string;
  ifVersion?: number | undefined;
}

/** Takes a task into one's own hands; the first wins. @throws DomainError TASK_TAKEN, TASK_ALREADY_DONE, STALE_VERSION */
export const claimTask = (core: Core, context: RequestContext, input: Input): Promise<Task> =>
  change(core, context, input, 'TaskClaimed');

/** Gives a task back to its group. @throws DomainError TASK_NOT_CLAIMED, TASK_ALREADY_DONE, STALE_VERSION */
export const releaseTask = (core: Core, context: RequestContext, input: Input): Promise<Task> =>
  change(core, context, input, 'TaskReleased');

async function change(core: Core, context: RequestContext, input: Input, type: EventType): Promise<Task> {
  const { task, dossier } = await visibleTask(core, context, input.id);
  const { actor } = context;
  authorize(actor, 'task.do', { task, dossier });
  const now = core.clock.now();
  return core.store.transaction(async (tx) => {
    const changed =
      type === 'TaskClaimed'
        ? await core.store.tasks.claim(tx, task.id, actor.account, now, input.ifVersion)
        : await core.store.tasks.release(tx, task.id, actor.account, input.ifVersion);
    await remember(core, context, tx, { kind: 'task', id: task.id });
    core.store.appendEvents(tx, [
      dossierEvent(dossier, type, actor, now, { subject: task.id, flowNode: task.flowNode, body: task.body }),
    ]);
    return changed;
  });
}

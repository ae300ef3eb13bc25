import { dossierEvent } from '../usecases/dossierEvent.ts';
import type { TaskHandler } from './taskHandler.ts';

/**
 * Records the form of a task that needs no code: the diagram's gateways see it under the task's id, and the dossier
 * keeps it.
 */
export const recordForm: TaskHandler = async ({ store }, { task, payload, actor, now }) => ({
  variables: { [task.flowNode]: payload },
  async write(tx) {
    const dossier = await store.dossiers.get(task.dossier, tx);
    await store.dossiers.save(tx, {
      ...dossier,
      records: { ...dossier.records, [task.flowNode]: payload },
      updatedAt: now,
    });
    return [dossierEvent(dossier, 'FormRecorded', actor, now, { flowNode: task.flowNode, subject: task.id })];
  },
});

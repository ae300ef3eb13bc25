import type { Task } from '../../src/domain/process.ts';
import type { MongoStore } from '../../src/store/mongoStore.ts';

/** The open tasks of an instance, as its dossier shows them. */
export async function openTasksOf(store: MongoStore, instance: string): Promise<Task[]> {
  const found = await store.instances.find(instance);
  if (found === null) return [];
  const tasks = await store.tasks.ofDossier(found.dossier);
  return tasks.filter((task) => task.instance === instance && task.status === 'open');
}

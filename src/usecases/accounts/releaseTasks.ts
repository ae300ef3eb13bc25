import { isAllowed } from '../../domain/access.ts';
import type { Account } from '../../domain/party.ts';
import type { Tx } from '../../store/store.ts';
import { dossierEvent } from '../dossierEvent.ts';
import type { AccountDependencies } from './dependencies.ts';

/** Gives back to their groups the tasks that an account holds but may no longer do, so that nothing waits for it. */
export async function releaseTasks(
  deps: Pick<AccountDependencies, 'store'>,
  tx: Tx,
  account: Account,
  by: { account: string; name: string },
  now: number,
): Promise<void> {
  const { store } = deps;
  const actor = { account: account.id, name: account.name, grants: account.active ? account.grants : [] };
  for (let cursor: string | null = null; ; ) {
    const page = await store.tasks.list(
      { scopes: [{ assignee: account.id }], status: 'open', sort: 'createdAt' },
      { limit: 100, cursor },
    );
    for (const task of page.items) {
      const dossier = await store.dossiers.get(task.dossier, tx);
      if (account.active && isAllowed(actor, 'task.do', { task, dossier })) continue;
      await store.tasks.release(tx, task.id, account.id);
      const about = { subject: task.id, flowNode: task.flowNode, body: task.body };
      store.appendEvents(tx, [dossierEvent(dossier, 'TaskReleased', { ...by, grants: [] }, now, about)]);
    }
    if (page.next === null) return;
    cursor = page.next;
  }
}

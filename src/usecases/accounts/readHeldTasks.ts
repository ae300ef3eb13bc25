import { authorize } from '../../domain/access.ts';
import type { LocalizedText } from '../../domain/json.ts';
import type { Task } from '../../domain/process.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';

/** An open task in somebody's hands, as the administrator of accounts sees it: what it is, not what it says. */
export interface HeldTask
  extends Pick<Task, 'id' | 'dossierNumber' | 'procedure' | 'flowNode' | 'territory' | 'dueAt'> {
  name: LocalizedText | null;
}

/**
 * What goes back to its group when an account is closed or loses a right, for administrators.
 * @throws DomainError FORBIDDEN, ACCOUNT_NOT_FOUND
 */
export async function readHeldTasks(
  core: Pick<Core, 'store' | 'catalog'>,
  { actor }: RequestContext,
  input: { id: string; page: PageRequest },
): Promise<Page<HeldTask>> {
  authorize(actor, 'account.administer', null);
  const account = await core.store.accounts.get(input.id);
  const page = await core.store.tasks.list(
    { scopes: [{ assignee: account.id }], status: 'open', sort: 'createdAt' },
    input.page,
  );
  const items = await Promise.all(
    page.items.map(
      async ({
        id,
        dossierNumber,
        procedure,
        definition,
        flowNode,
        territory,
        dueAt,
      }): Promise<HeldTask> => ({
        id,
        dossierNumber,
        procedure,
        flowNode,
        territory,
        dueAt,
        name: (await core.catalog.get(definition)).names[flowNode] ?? null,
      }),
    ),
  );
  return { ...page, items };
}

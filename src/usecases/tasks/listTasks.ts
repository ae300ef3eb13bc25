import type { TaskStatus } from '../../domain/process.ts';
import type { Page, PageRequest, TaskScope } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { type TaskRow, taskRows } from './taskRows.ts';

/** Lists tasks: in my own hands, those my groups may take, or both. */
export async function listTasks(
  core: Core,
  context: RequestContext,
  input: {
    scope: 'mine' | 'groups' | 'all';
    status: TaskStatus;
    procedure?: string | undefined;
    territory?: string | undefined;
    flowNode?: string | undefined;
    dossier?: string | undefined;
    dueBefore?: number | undefined;
    sort: 'dueAt' | 'createdAt';
    page: PageRequest;
  },
): Promise<Page<TaskRow>> {
  const { scope, page, status, sort, ...rest } = input;
  const mine: TaskScope[] = scope === 'groups' ? [] : [{ assignee: context.actor.account }];
  const groups = scope === 'mine' ? [] : await groupScopes(core, context);
  const filter = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const found = await core.store.tasks.list(
    {
      scopes: [...mine, ...groups],
      status,
      sort,
      ...filter,
      ...(scope === 'groups' ? { assignee: null } : {}),
    },
    page,
  );
  return { ...found, items: await taskRows(core, found.items) };
}

async function groupScopes(core: Core, { actor }: RequestContext): Promise<TaskScope[]> {
  const official = actor.grants
    .filter((grant) => grant.role !== 'applicant' && grant.role !== 'architect')
    .map((grant): TaskScope => ({ role: grant.role, territories: [grant.territory], body: grant.body }));
  const own = await core.store.dossiers.idsOf(actor.account);
  const delegated: string[] = [];
  for (const { principal, procedure } of actor.actsFor ?? [])
    delegated.push(...(await core.store.dossiers.idsAppliedBy(principal, procedure)));
  const applied = [...new Set([...own, ...delegated])];
  const scopes = [...official];
  if (applied.length > 0) scopes.push({ role: 'applicant', dossiers: applied });
  if (own.length > 0) scopes.push({ role: 'architect', dossiers: own });
  return scopes;
}

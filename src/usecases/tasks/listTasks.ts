import type { Task, TaskStatus } from '../../domain/process.ts';
import type { Page, PageRequest, TaskScope } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';

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
): Promise<Page<Task>> {
  const { scope, page, status, sort, ...rest } = input;
  const mine: TaskScope[] = scope === 'groups' ? [] : [{ assignee: context.actor.account }];
  const groups = scope === 'mine' ? [] : await groupScopes(core, context);
  const filter = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return core.store.tasks.list(
    {
      scopes: [...mine, ...groups],
      status,
      sort,
      ...filter,
      ...(scope === 'groups' ? { assignee: null } : {}),
    },
    page,
  );
}

async function groupScopes(core: Core, { actor }: RequestContext): Promise<TaskScope[]> {
  const official = actor.grants
    .filter((grant) => grant.role !== 'applicant' && grant.role !== 'architect')
    .map((grant): TaskScope => ({ role: grant.role, territories: [grant.territory], body: grant.body }));
  const own = await core.store.dossiers.idsOf(actor.account);
  if (own.length === 0) return official;
  return [...official, { role: 'applicant', dossiers: own }, { role: 'architect', dossiers: own }];
}

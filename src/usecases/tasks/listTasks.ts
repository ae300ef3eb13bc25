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
  const official = scope === 'mine' ? [] : officialScopes(context);
  const filter = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const list = (scopes: TaskScope[]) =>
    core.store.tasks.list(
      { scopes, status, sort, ...filter, ...(scope === 'groups' ? { assignee: null } : {}) },
      page,
    );
  // Officials are seldom parties as well: theirs is asked for before that is known, and again if they are.
  const [parties, ofOfficial] = await Promise.all([
    scope === 'mine' ? [] : partyScopes(core, context),
    official.length > 0 ? list([...mine, ...official]) : null,
  ]);
  const isWhole = ofOfficial !== null && parties.length === 0;
  const found = isWhole ? ofOfficial : await list([...mine, ...official, ...parties]);
  return { ...found, items: await taskRows(core, found.items) };
}

const officialScopes = ({ actor }: RequestContext): TaskScope[] =>
  actor.grants
    .filter((grant) => grant.role !== 'applicant' && grant.role !== 'architect')
    .map(({ role, territory, body }) => ({ role, territories: [territory], body }));

/** What waits for an applicant or an architect, in their own dossiers and in those of who has named them delegate. */
async function partyScopes(core: Core, { actor }: RequestContext): Promise<TaskScope[]> {
  const own = await core.store.dossiers.idsOf(actor.account);
  const delegated: string[] = [];
  for (const { principal, procedure } of actor.actsFor ?? [])
    delegated.push(...(await core.store.dossiers.idsAppliedBy(principal, procedure)));
  const applied = [...new Set([...own, ...delegated])];
  const scopes: TaskScope[] = [];
  if (applied.length > 0) scopes.push({ role: 'applicant', dossiers: applied });
  if (own.length > 0) scopes.push({ role: 'architect', dossiers: own });
  return scopes;
}

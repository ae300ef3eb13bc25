import { readableTerritories, territoriesOf } from '../../domain/access.ts';
import type { DossierStatus } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Role } from '../../domain/party.ts';
import type { Task } from '../../domain/process.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { lateRows } from './lateRows.ts';
import { byDue, rowsOf, type WorkRow } from './rowsOf.ts';

/** Which dossiers of one's territories are wanted. */
export interface WorkFilter {
  status?: DossierStatus | undefined;
  procedure?: string | undefined;
  territory?: string | undefined;
  /** The role whose turn it is. */
  waiting?: Role | undefined;
  /** The body whose turn it is. */
  body?: string | undefined;
  /** Something asked is due before this instant. */
  dueBefore?: number | undefined;
  /** Past the statutory delay, on the administration's time. */
  late?: boolean | undefined;
}

/**
 * The dossiers of the territories one holds office over, with whose turn it is. Asked for whom they wait or what is due,
 * the work that is due first comes first; otherwise the latest dossier does. Drafts are those of one's own counters.
 */
export async function listWork(
  core: Core,
  { actor }: RequestContext,
  input: WorkFilter & { page: PageRequest },
): Promise<Page<WorkRow>> {
  const territories = readableTerritories(actor);
  if (territories.length === 0) throw new DomainError('FORBIDDEN', { act: 'dossier.read' });
  const { page, waiting, body, dueBefore, late, ...chosen } = input;
  const filter = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined));
  if (late === true) return lateRows(core, territories, chosen, page);
  if (waiting === undefined && body === undefined && dueBefore === undefined) {
    const counters = territoriesOf(actor, 'registryOfficer');
    const scopes = [{ territories }, ...(counters.length > 0 ? [{ counters }] : [])];
    const found = await core.store.dossiers.list({ scopes, ...filter }, page);
    return { ...found, items: await rowsOf(core, found.items) };
  }
  const { status, ...ofTask } = filter;
  const asked = await core.store.tasks.list(
    {
      scopes: [{ territories, ...(waiting === undefined ? {} : { role: waiting }) }],
      status: 'open',
      sort: 'dueAt',
      ...ofTask,
      ...(body === undefined ? {} : { body }),
      ...(dueBefore === undefined ? {} : { dueBefore }),
    },
    page,
  );
  const ids = [...new Set(asked.items.map(({ dossier }) => dossier))];
  const rows = new Map(
    (await rowsOf(core, await core.store.dossiers.some(ids))).map((row) => [row.dossier.id, row]),
  );
  const matches = (task: Task) =>
    (waiting === undefined || task.roles.includes(waiting)) &&
    (body === undefined || task.body === body) &&
    (dueBefore === undefined || (task.dueAt ?? Number.MAX_SAFE_INTEGER) < dueBefore);
  // A dossier of which several things are asked is listed once: with the first of them, on whatever page that is.
  const items = asked.items.flatMap((task) => {
    const row = rows.get(task.dossier);
    const first = row?.waiting
      .map((one) => one.task)
      .filter(matches)
      .sort(byDue)[0];
    return row !== undefined &&
      first?.id === task.id &&
      (status === undefined || row.dossier.status === status)
      ? [row]
      : [];
  });
  return { items, next: asked.next };
}

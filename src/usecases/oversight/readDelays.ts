import { authorize, territoriesOf } from '../../domain/access.ts';
import type { LocalizedText } from '../../domain/json.ts';
import type { Role } from '../../domain/party.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { countLate } from '../worklist/lateRows.ts';

/** How much of a commune's work is due, by who is asked. */
export interface DelayGroup {
  commune: string;
  roles: Role[];
  body: string | null;
  bodyName: LocalizedText | null;
  /** Of those, due before now. */
  overdue: number;
  /** Due between now and `soon`. */
  dueSoon: number;
}

/** The delays of a territory at one instant. */
export interface Delays {
  now: number;
  /** Until when something counts as due soon. */
  soon: number;
  groups: DelayGroup[];
  /** Dossiers past their statutory delay; `more` when there are too many to count. */
  late: { count: number; more: boolean };
}

const SOON_MS = 2 * 24 * 60 * 60 * 1000;
const MOST_LOOKED_AT = 1000;

/**
 * Tells a governor or a president where work waits: figures and rows come from the same tasks and the same due dates. Only
 * the work that is due is read, by its index.
 * @throws DomainError FORBIDDEN
 */
export async function readDelays(
  core: Core,
  { actor }: RequestContext,
  input: { territory?: string | undefined },
): Promise<Delays> {
  authorize(actor, 'oversight.read', { territory: input.territory ?? null });
  const territories =
    input.territory === undefined ? territoriesOf(actor, 'governor', 'president') : [input.territory];
  const now = core.clock.now();
  const soon = now + SOON_MS;
  const [counted, bodies, late] = await Promise.all([
    core.store.tasks.countDue(territories, now, soon),
    core.store.bodies.list(),
    countLate(core, territories, MOST_LOOKED_AT),
  ]);
  const names = new Map(bodies.map(({ id, name }) => [id, name]));
  const groups = counted.map(({ territory, roles, body, due, overdue }) => ({
    commune: territory,
    roles: roles as Role[],
    body,
    bodyName: body === null ? null : (names.get(body) ?? null),
    overdue,
    dueSoon: due - overdue,
  }));
  groups.sort((a, b) => b.overdue - a.overdue || b.dueSoon - a.dueSoon || (a.commune < b.commune ? -1 : 1));
  return { now, soon, groups, late };
}

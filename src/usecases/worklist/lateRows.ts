import { territoryCovers } from '../../domain/party.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { Core } from '../dependencies.ts';
import { rowsOf, type WorkRow } from './rowsOf.ts';

/** No statutory delay is shorter: what began later cannot be late yet, and need not be looked at. */
const SHORTEST_MS = 24 * 60 * 60 * 1000;

/** Dossiers past their statutory delay on the administration's time, those that began first in front. */
export async function lateRows(
  core: Core,
  territories: string[],
  filter: { procedure?: string | undefined; territory?: string | undefined },
  page: PageRequest,
): Promise<Page<WorkRow>> {
  const now = core.clock.now();
  const wanted = territories.filter(
    (one) => filter.territory === undefined || territoryCovers(one, filter.territory),
  );
  const inside = filter.territory === undefined ? territories : wanted.length > 0 ? [filter.territory] : [];
  if (inside.length === 0) return { items: [], next: null };
  const items: WorkRow[] = [];
  let { cursor } = page;
  for (;;) {
    const found = await core.store.dossiers.startedBefore(inside, now - SHORTEST_MS, {
      limit: page.limit,
      cursor,
    });
    const rows = await rowsOf(core, found.items);
    items.push(...rows.filter((row) => isLate(row, now) && isOf(row, filter.procedure)));
    cursor = found.next;
    if (cursor === null || items.length > 0) return { items, next: cursor };
  }
}

/** How many are late, looking at no more than `most` dossiers under study; `more` when there were others. */
export async function countLate(
  core: Core,
  territories: string[],
  most: number,
): Promise<{ count: number; more: boolean }> {
  const now = core.clock.now();
  let count = 0;
  let seen = 0;
  for (let cursor: string | null = null; ; ) {
    const found: Page<WorkRow['dossier']> = await core.store.dossiers.startedBefore(
      territories,
      now - SHORTEST_MS,
      { limit: 100, cursor },
    );
    count += (await rowsOf(core, found.items)).filter((row) => isLate(row, now)).length;
    seen += found.items.length;
    cursor = found.next;
    if (cursor === null) return { count, more: false };
    if (seen >= most) return { count, more: true };
  }
}

const isLate = ({ limit }: WorkRow, now: number): boolean => limit?.running === true && limit.dueAt <= now;

const isOf = ({ dossier }: WorkRow, procedure: string | undefined): boolean =>
  procedure === undefined || dossier.procedure === procedure;

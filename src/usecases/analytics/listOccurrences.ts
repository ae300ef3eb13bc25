import { type Lasting, longestOccurrences } from '../../analytics/occurrences.ts';
import { authorize, isAllowed } from '../../domain/access.ts';
import { decodeCursor, encodeCursor, listFingerprint } from '../../store/cursor.ts';
import type { Page, PageRequest, StepOccurrence } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import type { StepsWanted } from './measureSteps.ts';

/** One occurrence behind a figure: its dossier by number, and by identifier for those who may open it. */
export interface MeasuredOccurrence extends Omit<Lasting<StepOccurrence>, 'dossier'> {
  dossier: string | null;
  dossierNumber: string | null;
}

/** What occurrences are wanted: the filters of the measures, one step, and how they are ordered. */
export interface OccurrencesWanted extends StepsWanted {
  flowNode: string;
  clock: 'elapsed' | 'working';
  state: 'finished' | 'open';
}

/** As many as fit a spreadsheet that a person reads. */
const MOST_ROWS = 10_000;
const BATCH = 500;

/**
 * What a figure counts: the occurrences of one step, longest first, page by page, for those who may see measures there.
 * @throws DomainError FORBIDDEN, INVALID_CURSOR
 */
export async function listOccurrences(
  core: Core,
  context: RequestContext,
  input: OccurrencesWanted & { page: PageRequest },
): Promise<Page<MeasuredOccurrence>> {
  const { page, ...wanted } = input;
  const list = listFingerprint('occurrences', wanted);
  const after = page.cursor === null ? null : decodeCursor(list, page.cursor);
  const { items, hasMore } = await longest(core, context, wanted, page.limit, after);
  const last = items.at(-1);
  const value = last && (wanted.clock === 'elapsed' ? last.elapsedSeconds : last.workingSeconds);
  return {
    items,
    next:
      hasMore && last !== undefined && value !== undefined
        ? encodeCursor(list, { value, id: last.id })
        : null,
  };
}

/** The same for a spreadsheet: the 10,000 longest at most. @throws DomainError FORBIDDEN */
export async function exportOccurrences(
  core: Core,
  context: RequestContext,
  wanted: OccurrencesWanted,
): Promise<MeasuredOccurrence[]> {
  return (await longest(core, context, wanted, MOST_ROWS, null)).items;
}

async function longest(
  core: Core,
  { actor }: RequestContext,
  { clock, state, ...wanted }: OccurrencesWanted,
  limit: number,
  after: { value: number; id: string } | null,
): Promise<{ items: MeasuredOccurrence[]; hasMore: boolean }> {
  authorize(actor, 'measures.read', { territory: wanted.territory ?? null });
  const filter = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  const found = await longestOccurrences(core.store.steps.scan(filter), core.workingTime, {
    clock,
    state,
    limit,
    after,
    now: core.clock.now(),
  });
  const items: MeasuredOccurrence[] = [];
  for (let start = 0; start < found.items.length; start += BATCH) {
    const batch = found.items.slice(start, start + BATCH);
    const dossiers = await core.store.dossiers.some([...new Set(batch.map(({ dossier }) => dossier))]);
    const byId = new Map(dossiers.map((dossier) => [dossier.id, dossier]));
    for (const occurrence of batch) {
      const dossier = byId.get(occurrence.dossier);
      const mayOpen = dossier !== undefined && isAllowed(actor, 'dossier.read', dossier);
      items.push({
        ...occurrence,
        dossier: mayOpen ? dossier.id : null,
        dossierNumber: dossier?.number ?? null,
      });
    }
  }
  return { items, hasMore: found.hasMore };
}

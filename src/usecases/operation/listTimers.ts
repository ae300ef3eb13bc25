import { authorize } from '../../domain/access.ts';
import type { LocalizedText } from '../../domain/json.ts';
import type { Dependencies, RequestContext } from '../dependencies.ts';

/** A timer that falls due, with its place in its procedure. */
export interface DueTimer {
  id: string;
  dossierNumber: string | null;
  territory: string;
  procedure: string;
  flowNode: string;
  name: LocalizedText | null;
  dueAt: number;
}

/**
 * The timers that fire until an instant, the earliest first, and how many there are: what moving the clock that far does.
 * @throws DomainError FORBIDDEN
 */
export async function listTimers(
  deps: Dependencies,
  { actor }: RequestContext,
  input: { until: number; limit: number },
): Promise<{ items: DueTimer[]; count: number }> {
  authorize(actor, 'operation.read', null);
  const { first, count } = await deps.store.backlog.timersUntil(input.until, input.limit);
  const dossiers = await deps.store.dossiers.some([...new Set(first.map(({ dossier }) => dossier))]);
  const byId = new Map(dossiers.map((dossier) => [dossier.id, dossier]));
  const items: DueTimer[] = [];
  for (const { id, dossier, flowNode, dueAt } of first) {
    const known = byId.get(dossier);
    if (known === undefined) continue;
    const version = known.definition === null ? null : await deps.catalog.get(known.definition);
    items.push({
      id,
      dossierNumber: known.number,
      territory: known.commune,
      procedure: known.procedure,
      flowNode,
      name: version?.names[flowNode] ?? null,
      dueAt,
    });
  }
  return { items, count };
}

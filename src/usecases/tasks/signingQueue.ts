import type { DecisionChoice } from '../../domain/decision.ts';
import type { LocalizedText } from '../../domain/json.ts';
import type { OpinionValue } from '../../domain/opinion.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { timeLimitOf } from '../dossiers/timeLimitOf.ts';
import { type TaskRow, taskRows } from './taskRows.ts';

/** What waits for a president: the task, each body's word in the round, the amount of the tax, and the legal date. */
export interface SigningRow {
  row: TaskRow;
  /** What completing makes: a decision, or the act it has led to. */
  act: 'decision' | 'licence' | 'refusal' | 'modification';
  choice: DecisionChoice | null;
  verdicts: { body: string; name: LocalizedText; binding: boolean; value: OpinionValue | null }[];
  tax: { amount: number; paid: boolean } | null;
  limit: { dueAt: number | null; amount: number; unit: 'workingDays' | 'calendarDays' } | null;
}

const ACTS: Record<string, SigningRow['act']> = {
  decision: 'decision',
  signature: 'licence',
  refusal: 'refusal',
  modification: 'modification',
};

/** Lists what a president has to decide or sign, the most urgent first; dossiers, opinions and bodies are asked for once a page. */
export async function signingQueue(
  core: Core,
  { actor }: RequestContext,
  { page }: { page: PageRequest },
): Promise<Page<SigningRow>> {
  const scopes = actor.grants
    .filter(({ role }) => role === 'president')
    .map(({ role, territory, body }) => ({ role, territories: [territory], body }));
  if (scopes.length === 0) return { items: [], next: null };
  const found = await core.store.tasks.list({ scopes, status: 'open', sort: 'dueAt' }, page);
  const free = found.items.filter(({ assignee }) => assignee === null || assignee === actor.account);
  const tasks = free.filter(({ form }) => ACTS[form?.split('/').at(-1) ?? ''] !== undefined);
  const ids = [...new Set(tasks.map(({ dossier }) => dossier))];
  const [rows, dossiers, opinions, bodies] = await Promise.all([
    taskRows(core, tasks),
    core.store.dossiers.some(ids),
    core.store.opinions.ofDossiers(ids),
    core.store.bodies.list(),
  ]);
  const nameOf = new Map(bodies.map(({ id, name }) => [id, name]));
  const items: SigningRow[] = [];
  for (const row of rows) {
    const dossier = dossiers.find(({ id }) => id === row.task.dossier);
    // Nobody holds office over the own application.
    if (dossier === undefined || [dossier.applicant, dossier.architect].includes(actor.account)) continue;
    const limit = timeLimitOf(core, dossier, await core.catalog.get(row.task.definition));
    const said = opinions.filter((one) => one.dossier === dossier.id && one.round === dossier.round);
    items.push({
      row,
      act: ACTS[row.task.form?.split('/').at(-1) ?? ''] ?? 'decision',
      choice: dossier.decision?.choice ?? null,
      verdicts: (dossier.committee?.members ?? []).map(({ body, binding }) => ({
        body,
        name: nameOf.get(body) ?? { ar: body, fr: body },
        binding,
        value: said.find((one) => one.body === body)?.value ?? null,
      })),
      tax: dossier.tax && { amount: dossier.tax.amount, paid: dossier.tax.payment !== null },
      limit: limit && { dueAt: limit.dueAt, amount: limit.profile.amount, unit: limit.profile.unit },
    });
  }
  return { items, next: found.next };
}

import type { Dossier } from '../../domain/dossier.ts';
import type { LocalizedText } from '../../domain/json.ts';
import { clocksOf } from '../../domain/legalTime/clocks.ts';
import type { PartyKind } from '../../domain/party.ts';
import type { Task } from '../../domain/process.ts';
import type { ProcedureVersion } from '../../procedures/types.ts';
import type { Core } from '../dependencies.ts';
import { timeLimitOf } from '../dossiers/timeLimitOf.ts';
import { meaningOf, type TaskMeaning } from '../tasks/meaningOf.ts';

/** A dossier in a list of work: whose turn it is, and when the law wants it done. */
export interface WorkRow {
  dossier: Dossier;
  applicantName: string;
  /** What is asked of somebody now, the first due in front. */
  waiting: { task: Task; name: LocalizedText; party: PartyKind }[];
  /** The statutory delay; `running` while the administration is asked for anything. */
  limit: { dueAt: number; running: boolean; article: string } | null;
}

/** Joins dossiers with their tasks and names, in a few queries however many there are. */
export async function rowsOf(core: Core, dossiers: Dossier[]): Promise<WorkRow[]> {
  const [tasks, accounts] = await Promise.all([
    core.store.tasks.ofDossiers(dossiers.map(({ id }) => id)),
    core.store.accounts.some([...new Set(dossiers.map(({ applicant }) => applicant))]),
  ]);
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const ofDossier = new Map<string, Task[]>(dossiers.map(({ id }) => [id, []]));
  for (const task of tasks) ofDossier.get(task.dossier)?.push(task);
  const meaning = await meaningOf(core, tasks);
  return Promise.all(
    dossiers.map(async (dossier) => {
      const version = dossier.definition === null ? null : await core.catalog.get(dossier.definition);
      return rowOf(
        core,
        dossier,
        version,
        ofDossier.get(dossier.id) ?? [],
        meaning,
        names.get(dossier.applicant),
      );
    }),
  );
}

function rowOf(
  core: Core,
  dossier: Dossier,
  version: ProcedureVersion | null,
  tasks: Task[],
  meaning: (task: Task) => TaskMeaning,
  applicantName = '',
): WorkRow {
  const waiting = tasks
    .filter(({ status }) => status === 'open')
    .sort(byDue)
    .map((task) => ({ task, ...meaning(task) }));
  const limit = version === null ? null : limitOf(core, dossier, version, tasks, meaning);
  const onlyApplicant = waiting.length > 0 && waiting.every(({ party }) => party === 'applicant');
  return {
    dossier,
    applicantName,
    waiting,
    limit: limit && { ...limit, running: dossier.endedAt === null && !onlyApplicant },
  };
}

function limitOf(
  core: Core,
  dossier: Dossier,
  version: ProcedureVersion,
  tasks: Task[],
  meaning: (task: Task) => TaskMeaning,
): { dueAt: number; article: string } | null {
  if (dossier.submittedAt === null || dossier.endedAt !== null) return null;
  const asked = tasks.map((task) => ({
    party: meaning(task).party,
    startedAt: task.createdAt,
    endedAt: task.endedAt,
  }));
  const until = Math.max(core.clock.now(), dossier.submittedAt);
  const { applicant } = clocksOf(asked, dossier.submittedAt, until);
  const limit = timeLimitOf(core, dossier, version, applicant);
  return limit === null || limit.dueAt === null
    ? null
    : { dueAt: limit.dueAt, article: limit.profile.article };
}

/** The first due in front, those without a limit last; as the store orders tasks. */
export function byDue(a: Task, b: Task): number {
  const due = (a.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.dueAt ?? Number.MAX_SAFE_INTEGER);
  return due !== 0 ? due : Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));
}

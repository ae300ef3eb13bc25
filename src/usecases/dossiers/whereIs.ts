import type { Dossier } from '../../domain/dossier.ts';
import type { LocalizedText } from '../../domain/json.ts';
import { type Clocks, clocksOf } from '../../domain/legalTime/clocks.ts';
import { countDays, workingDaysLeft } from '../../domain/legalTime/countDays.ts';
import { elapsedSeconds, workingSecondsOf } from '../../domain/legalTime/intervals.ts';
import type { PartyKind, Role } from '../../domain/party.ts';
import type { Task } from '../../domain/process.ts';
import { mapOf, type ProcedureMap } from '../../procedures/stages.ts';
import type { ProcedureVersion } from '../../procedures/types.ts';
import type { Core } from '../dependencies.ts';
import { meaningOf } from '../tasks/meaningOf.ts';
import { timeLimitOf } from './timeLimitOf.ts';

/** A stage of the procedure as the diagram names it, and how far the dossier is through it. */
export interface StageView {
  id: string;
  name: LocalizedText;
  state: 'done' | 'current' | 'ahead';
  /** Bodies asked in it during this round, and whether they have answered. */
  parties: { body: string; name: LocalizedText; answered: boolean }[];
}

/** Somebody who is asked for something now. */
export interface Holder {
  flowNode: string;
  name: LocalizedText;
  party: PartyKind;
  roles: Role[];
  body: string | null;
  bodyName: LocalizedText | null;
  since: number;
  dueAt: number | null;
  dueInWorkingDays: number | null;
  article: string | null;
}

/** One of the two clocks of a dossier. */
export interface ClockView {
  elapsedSeconds: number;
  workingSeconds: number;
  /** Days of the running round, in the unit of the statutory delay. */
  days: number;
  /** How many times it ran. */
  times: number;
}

/** Where a dossier is: drawn from its diagram and its tasks, for whoever may see it. */
export interface Whereabouts {
  stages: StageView[];
  holders: Holder[];
  next: { flowNode: string; name: LocalizedText; party: PartyKind; kind: 'task' | 'end' }[];
  clocks: { administration: ClockView; applicant: ClockView; running: 'administration' | 'applicant' | null };
  limit: (NonNullable<ReturnType<typeof timeLimitOf>> & { dueInWorkingDays: number | null }) | null;
}

/** Tells where a dossier is, who holds it since when, what may come next, and whose time it has taken. */
export async function whereIs(
  core: Core,
  dossier: Dossier,
  version: ProcedureVersion,
  tasks: Task[],
): Promise<Whereabouts> {
  const map = await mapOf(version);
  const now = core.clock.now();
  const workingTime = core.workingTime(dossier.commune);
  const isOpen = ({ status }: Task) => status === 'open';
  const open = tasks.filter(isOpen);
  const party = (flowNode: string): PartyKind => version.tasks[flowNode]?.party ?? 'system';
  const nameOf = (flowNode: string) => version.names[flowNode] ?? { ar: flowNode, fr: flowNode };
  const bodies = new Map((await core.store.bodies.list()).map((body) => [body.id, body.name]));

  const until = dossier.endedAt ?? now;
  const meaning = await meaningOf(core, tasks);
  // What is drawn in its diagram says where it is; what another procedure asks for is held beside that.
  const own = tasks.filter(({ procedure }) => procedure === dossier.procedure);
  const asked = tasks.map((task) => ({
    party: meaning(task).party,
    startedAt: task.createdAt,
    endedAt: task.endedAt,
  }));
  const clocks: Clocks =
    dossier.submittedAt === null
      ? { administration: [], applicant: [] }
      : clocksOf(asked, dossier.submittedAt, Math.max(until, dossier.submittedAt));
  const limit = timeLimitOf(core, dossier, version, clocks.applicant);
  const start = dossier.clockStartedAt;
  const unit = limit?.profile.unit ?? 'calendarDays';
  const roundDays = start === null ? 0 : countDays(workingTime, start, Math.max(until, start), unit);
  const paused = limit?.pausedDays ?? 0;
  const clock = (which: keyof Clocks, days: number): ClockView => ({
    elapsedSeconds: clocks[which].reduce((sum, { from, to }) => sum + elapsedSeconds(from, to), 0),
    workingSeconds: workingSecondsOf(workingTime, clocks[which]),
    days: Math.max(0, days),
    times: clocks[which].length,
  });
  const left = (dueAt: number | null) => (dueAt === null ? null : workingDaysLeft(workingTime, now, dueAt));
  const ended = dossier.endedAt !== null;
  const waitsForApplicant = open.length > 0 && open.every((task) => meaning(task).party === 'applicant');

  return {
    stages: await stagesOf(core, dossier, map, own, bodies),
    holders: open.map((task) => ({
      flowNode: task.flowNode,
      ...meaning(task),
      roles: task.roles,
      body: task.body,
      bodyName: task.body === null ? null : (bodies.get(task.body) ?? null),
      since: task.createdAt,
      dueAt: task.dueAt,
      dueInWorkingDays: left(task.dueAt),
      article: task.article,
    })),
    next: map
      .next([...new Set(own.filter(isOpen).map((task) => task.flowNode))])
      .map(({ flowNode, kind }) => ({
        flowNode,
        name: nameOf(flowNode),
        party: party(flowNode),
        kind,
      })),
    clocks: {
      administration: clock('administration', roundDays - paused),
      applicant: clock('applicant', paused),
      running:
        ended || dossier.submittedAt === null ? null : waitsForApplicant ? 'applicant' : 'administration',
    },
    limit: limit && { ...limit, dueInWorkingDays: ended ? null : left(limit.dueAt) },
  };
}

/** Stages before the earliest one where somebody is at work are done; a round begun again is at its stage again. */
async function stagesOf(
  core: Core,
  dossier: Dossier,
  map: ProcedureMap,
  tasks: Task[],
  bodies: ReadonlyMap<string, LocalizedText>,
): Promise<StageView[]> {
  const order = map.stages.map(({ id }) => id);
  const indexOf = (flowNode: string) => order.indexOf(map.stageOf.get(flowNode) ?? '');
  const open = tasks.filter((task) => task.status === 'open').map((task) => indexOf(task.flowNode));
  const { doneBefore, current } = await position();

  async function position(): Promise<{ doneBefore: number; current: ReadonlySet<number> }> {
    const here = open.filter((index) => index >= 0);
    if (here.length > 0) return { doneBefore: Math.min(...here), current: new Set(here) };
    const reached = Math.max(0, ...tasks.map((task) => indexOf(task.flowNode)));
    if (dossier.endedAt !== null) {
      const instance = dossier.instance === null ? null : await core.store.instances.find(dossier.instance);
      const last = Math.max(instance?.endEvent == null ? -1 : indexOf(instance.endEvent), reached);
      return { doneBefore: last + 1, current: new Set() };
    }
    if (dossier.status === 'draft') return { doneBefore: 0, current: new Set() };
    // Between two tasks the system itself is at work.
    return { doneBefore: reached, current: new Set([reached]) };
  }

  return map.stages.map(({ id, name }, index) => {
    const here = tasks.filter(
      (task) => task.body !== null && task.round === dossier.round && indexOf(task.flowNode) === index,
    );
    const asked = new Map<string, boolean>();
    for (const { body, status } of here) {
      if (body !== null) asked.set(body, status !== 'open' && (asked.get(body) ?? true));
    }
    return {
      id,
      name,
      state: current.has(index) ? 'current' : index < doneBefore ? 'done' : 'ahead',
      parties: [...asked].map(([body, answered]) => ({
        body,
        name: bodies.get(body) ?? { ar: body, fr: body },
        answered,
      })),
    };
  });
}

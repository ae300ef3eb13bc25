import type { LocalizedText } from '../../domain/json.ts';
import type { PartyKind } from '../../domain/party.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { versionOf } from './readDossier.ts';
import { visibleDossier } from './visibleDossier.ts';

/** One step of a dossier's life with its durations, in seconds. */
export interface TimelineStep {
  flowNode: string;
  name: LocalizedText;
  kind: 'user' | 'service';
  party: PartyKind;
  body: string | null;
  round: number | null;
  startedAt: number;
  endedAt: number | null;
  elapsedSeconds: number;
  workingSeconds: number;
  dueAt: number | null;
  article: string | null;
}

/** The life of a dossier, step by step; an open step is measured until now. */
export async function readTimeline(
  core: Core,
  context: RequestContext,
  input: { id: string },
): Promise<TimelineStep[]> {
  const dossier = await visibleDossier(core, context, input.id);
  const version = await versionOf(core, dossier);
  const workingTime = core.workingTime(dossier.commune);
  const now = core.clock.now();
  const tasks = await core.store.tasks.ofDossier(dossier.id);
  const steps: TimelineStep[] = [];
  for await (const step of core.store.steps.scan({ dossier: dossier.id })) {
    const until = step.endedAt ?? Math.max(now, step.startedAt);
    const task = tasks.find(
      (one) => one.flowNode === step.flowNode && one.body === step.body && one.createdAt === step.startedAt,
    );
    const opened = step.version === null ? version : await core.catalog.get(step.version);
    const meaning = opened.tasks[step.flowNode];
    steps.push({
      flowNode: step.flowNode,
      name: opened.names[step.flowNode] ?? { ar: step.flowNode, fr: step.flowNode },
      kind: step.kind,
      party: meaning?.party ?? 'system',
      body: step.body,
      round: task?.round ?? null,
      startedAt: step.startedAt,
      endedAt: step.endedAt,
      elapsedSeconds: Math.floor((until - step.startedAt) / 1000),
      workingSeconds: workingTime.workingSeconds(step.startedAt, until),
      dueAt: task?.dueAt ?? null,
      article: meaning?.article ?? null,
    });
  }
  const key = (step: TimelineStep) => `${step.flowNode} ${step.body ?? ''}`;
  return steps.sort((a, b) => a.startedAt - b.startedAt || (key(a) < key(b) ? -1 : 1));
}

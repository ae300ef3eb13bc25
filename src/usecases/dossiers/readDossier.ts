import { isAllowed, isRelated } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import type { JsonObject, LocalizedText } from '../../domain/json.ts';
import type { PartyKind } from '../../domain/party.ts';
import type { Task } from '../../domain/process.ts';
import type { ProcedureVersion, TimeLimitProfile } from '../../procedures/types.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { meaningOf } from '../tasks/meaningOf.ts';
import { currentPlans, plansAreSigned } from './planDigests.ts';
import { changeablePieces, preparedRound } from './preparedRound.ts';
import { visibleDossier } from './visibleDossier.ts';
import { type Whereabouts, whereIs } from './whereIs.ts';

/** A dossier, where it is, whose turn it is and until when. */
export interface DossierView extends Omit<Whereabouts, 'limit'> {
  dossier: Dossier;
  procedureName: LocalizedText;
  communeName: LocalizedText;
  /** Forms typed on the way, by flow node: all for those who study the dossier, their own for its parties. */
  records: JsonObject;
  applicantName: string;
  architectName: string | null;
  /** With the number, tells anyone where the dossier is; told to its parties, once it has a number. */
  followUpSecret: string | null;
  tasks: Task[];
  /** What its parties may bring now: for which round, which pieces (null: any), and whether the plans are signed as they are. */
  brings: { round: number; pieces: string[] | null; plansSigned: boolean } | null;
  stage: { flowNode: string; name: LocalizedText; party: PartyKind }[];
  timeLimit:
    | (Pick<TimeLimitProfile, 'amount' | 'unit' | 'article' | 'source' | 'doubt'> & {
        dueAt: number | null;
        dueInWorkingDays: number | null;
        /** Days of the running round that were the applicant's, and put the date off. */
        pausedDays: number;
        running: boolean;
      })
    | null;
}

/** Reads a dossier for someone whom the policy lets see it; before the minutes the applicant sees no opinion. */
export async function readDossier(
  core: Core,
  context: RequestContext,
  input: { id: string },
): Promise<DossierView> {
  const dossier = await visibleDossier(core, context, input.id);
  const version = await versionOf(core, dossier);
  const tasks = await core.store.tasks.ofDossier(dossier.id);
  const open = tasks.filter((task) => task.status === 'open');
  const meaning = await meaningOf(core, open);
  const applicant = await core.store.accounts.find(dossier.applicant);
  const architect = dossier.architect === null ? null : await core.store.accounts.find(dossier.architect);
  const { limit, ...where } = await whereIs(core, dossier, version, tasks);
  return {
    ...where,
    dossier,
    procedureName: version.settings.name,
    communeName: core.territories.get(dossier.commune).name,
    records: recordsFor(context, dossier, version),
    applicantName: applicant?.name ?? '',
    architectName: architect?.name ?? null,
    followUpSecret:
      dossier.number !== null && isRelated(context.actor, dossier)
        ? core.followUp.secretOf(dossier.id)
        : null,
    brings: await bringsOf(core, dossier, version, open),
    tasks: open.filter((task) => isAllowed(context.actor, 'task.read', { task, dossier })),
    stage: [...new Map(open.map((task) => [task.flowNode, meaning(task)]))].map(([flowNode, meant]) => ({
      flowNode,
      ...meant,
    })),
    timeLimit: limit && {
      amount: limit.profile.amount,
      unit: limit.profile.unit,
      article: limit.profile.article,
      source: limit.profile.source,
      doubt: limit.profile.doubt,
      dueAt: limit.dueAt,
      dueInWorkingDays: limit.dueInWorkingDays,
      pausedDays: limit.pausedDays,
      running: dossier.status === 'underStudy' && where.clocks.running === 'administration',
    },
  };
}

async function bringsOf(
  core: Core,
  dossier: Dossier,
  version: ProcedureVersion,
  open: Task[],
): Promise<DossierView['brings']> {
  const round = preparedRound(dossier, open);
  if (round === null) return null;
  const documents = await core.store.documents.ofDossier(dossier.id);
  const opinions = await core.store.opinions.ofDossier(dossier.id);
  const pieces = changeablePieces(dossier, open, opinions, documents);
  const plans = currentPlans(version, documents);
  return {
    round,
    pieces: pieces === null ? null : [...pieces],
    plansSigned: plans.length === 0 || plansAreSigned(dossier, round, plans),
  };
}

/** The version a dossier is filed under; for a draft, the one it would be filed under today. */
export function versionOf(core: Core, dossier: Dossier): Promise<ProcedureVersion> {
  return dossier.definition === null
    ? core.catalog.inForce(dossier.procedure, core.clock.now())
    : core.catalog.get(dossier.definition);
}

/** What officials note to each other is not for the parties; a key may carry the round after its flow node. */
function recordsFor(context: RequestContext, dossier: Dossier, version: ProcedureVersion): JsonObject {
  if (isAllowed(context.actor, 'dossier.readStudy', dossier)) return dossier.records;
  const isOwn = (key: string) => version.tasks[key.replace(/-\d+$/, '')]?.party === 'applicant';
  return Object.fromEntries(Object.entries(dossier.records).filter(([key]) => isOwn(key)));
}

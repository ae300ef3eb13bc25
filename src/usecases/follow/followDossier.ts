import type { DossierStatus } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import type { LocalizedText } from '../../domain/json.ts';
import type { PartyKind } from '../../domain/party.ts';
import type { TimeLimitProfile } from '../../procedures/types.ts';
import type { Core } from '../dependencies.ts';
import { versionOf } from '../dossiers/readDossier.ts';
import { type StageView, whereIs } from '../dossiers/whereIs.ts';

/** Where a dossier is, for whoever holds its receipt: nothing about a person, a place or an opinion. */
export interface Followed {
  number: string;
  status: DossierStatus;
  procedure: LocalizedText;
  commune: LocalizedText;
  /** The stages of the procedure, as its diagram names them, and how far the dossier is. */
  stages: Pick<StageView, 'name' | 'state'>[];
  /** The steps that are open, in words. */
  stage: { name: LocalizedText; party: PartyKind }[];
  submittedAt: number | null;
  updatedAt: number;
  endedAt: number | null;
  timeLimit:
    | (Pick<TimeLimitProfile, 'amount' | 'unit' | 'article' | 'doubt'> & {
        dueAt: number | null;
        running: boolean;
      })
    | null;
}

/** Stands for a dossier that is not there, so that a wrong number costs what a wrong secret costs. */
const NOBODY = '00000000000000000000000000';

/** Tells where a dossier is by its number and secret. @throws DomainError FOLLOW_UP_NOT_FOUND */
export async function followDossier(
  core: Core,
  _context: unknown,
  input: { number: string; secret: string },
): Promise<Followed> {
  const number = input.number.trim().toUpperCase();
  const { items } = await core.store.dossiers.list({ scopes: [{}], number }, { limit: 1, cursor: null });
  const [dossier] = items;
  const isRight = core.followUp.isSecretOf(dossier?.id ?? NOBODY, input.secret);
  if (dossier === undefined || dossier.number === null || !isRight) {
    throw new DomainError('FOLLOW_UP_NOT_FOUND');
  }
  const version = await versionOf(core, dossier);
  const tasks = await core.store.tasks.ofDossier(dossier.id);
  const { stages, holders, limit, clocks } = await whereIs(core, dossier, version, tasks);
  const steps = new Map(holders.map((holder) => [holder.flowNode, holder]));
  return {
    number: dossier.number,
    status: dossier.status,
    procedure: version.settings.name,
    commune: core.territories.get(dossier.commune).name,
    stages: stages.map(({ name, state }) => ({ name, state })),
    stage: [...steps.values()].map(({ name, party }) => ({ name, party })),
    submittedAt: dossier.submittedAt,
    updatedAt: dossier.updatedAt,
    endedAt: dossier.endedAt,
    timeLimit: limit && {
      amount: limit.profile.amount,
      unit: limit.profile.unit,
      article: limit.profile.article,
      doubt: limit.profile.doubt,
      dueAt: limit.dueAt,
      running: dossier.status === 'underStudy' && clocks.running === 'administration',
    },
  };
}

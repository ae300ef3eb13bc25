import type { FieldError } from '../../domain/errors.ts';
import { communeFacts } from '../../handlers/communeFacts.ts';
import { type Assessment, assess } from '../../procedures/assess.ts';
import { formErrors } from '../../procedures/formErrors.ts';
import { timeLimitOn } from '../../procedures/timeLimitOn.ts';
import type { Piece, TimeLimitProfile } from '../../procedures/types.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { currentPlans, plansAreSigned } from './planDigests.ts';
import { preparedRound } from './preparedRound.ts';
import { versionOf } from './readDossier.ts';
import { visibleDossier } from './visibleDossier.ts';

/** What a dossier still lacks before it can be filed, and what would follow. */
export interface DossierNeeds extends Pick<Assessment, 'size' | 'tax' | 'unanswered'> {
  /** The version it would be filed under, and its application form. */
  version: string;
  form: string;
  /** What the form finds wrong today. */
  faults: FieldError[];
  /** Pieces that this application needs, or may need (`needed` is null while an answer is missing), and whether they are there. */
  pieces: { piece: Piece; needed: true | null; present: boolean }[];
  /** Whether the commune's office works here: elsewhere nothing can be filed. */
  served: boolean;
  /** The architect's signature over the application and the plans: of no use without plans, void once either changes. */
  signature: { needed: boolean; done: boolean; at: number | null };
  timeLimit: TimeLimitProfile | null;
  silenceIsApproval: boolean;
}

/** Tells the parties what to do next with their draft. @throws DomainError DOSSIER_NOT_FOUND */
export async function readNeeds(
  core: Core,
  context: RequestContext,
  input: { id: string },
): Promise<DossierNeeds> {
  const dossier = await visibleDossier(core, context, input.id);
  const version = await versionOf(core, dossier);
  const documents = await core.store.documents.ofDossier(dossier.id);
  const present = new Set(documents.filter(({ current }) => current).map(({ piece }) => piece));
  const { pieces, ...told } = assess(version, dossier.application, communeFacts(core, dossier.commune));
  const open = (await core.store.tasks.ofDossier(dossier.id)).filter(({ status }) => status === 'open');
  const round = preparedRound(dossier, open) ?? dossier.round;
  const plans = currentPlans(version, documents);
  const done = plans.length > 0 && plansAreSigned(dossier, round, plans);
  const today = core.workingTime(dossier.commune).localDateOf(dossier.submittedAt ?? core.clock.now());
  const { settings } = version;
  const offices = await Promise.all(
    (['registryOfficer', 'president'] as const).map((role) =>
      core.store.accounts.holders(role, dossier.commune),
    ),
  );
  return {
    ...told,
    version: version.hash,
    form: settings.forms.application,
    faults: formErrors(version, settings.forms.application, dossier.application),
    pieces: pieces.map(({ piece, needed }) => ({ piece, needed, present: present.has(piece.code) })),
    served: offices.every((holders) => holders.length > 0),
    signature: {
      needed: plans.length > 0,
      done,
      at: done ? (dossier.architectSignatures.findLast((one) => one.round === round)?.at ?? null) : null,
    },
    timeLimit: timeLimitOn(settings, today),
    silenceIsApproval: settings.silenceIsApproval,
  };
}

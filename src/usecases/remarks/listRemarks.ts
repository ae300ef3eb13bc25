import { isAllowed } from '../../domain/access.ts';
import type { Document } from '../../domain/document.ts';
import type { LocalizedText } from '../../domain/json.ts';
import { type NamedRemark, type RemarkAnswer, remarksOf } from '../../domain/remarkAnswer.ts';
import { listOpinions } from '../decisions/readDecisions.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { visibleDossier } from '../dossiers/visibleDossier.ts';

/** A remark with all that is needed to read it: who made it, on which version of which piece, and what was answered. */
export interface RemarkView extends NamedRemark {
  bodyName: LocalizedText;
  document: Document | null;
  answer: (RemarkAnswer & { byName: string; document: string | null }) | null;
  /** Whether the reader may answer it now. */
  answerable: boolean;
}

/** All remarks on a dossier, as the law lets the reader see the opinions that carry them; the last round's first. */
export async function listRemarks(
  core: Core,
  context: RequestContext,
  input: { dossier: string },
): Promise<RemarkView[]> {
  const dossier = await visibleDossier(core, context, input.dossier);
  const named = remarksOf(await listOpinions(core, context, input));
  const answers = new Map((await core.store.remarkAnswers.ofDossier(dossier.id)).map((one) => [one.id, one]));
  const documents = new Map((await core.store.documents.ofDossier(dossier.id)).map((one) => [one.id, one]));
  const bodies = new Map((await core.store.bodies.list()).map((body) => [body.id, body.name]));
  const names = new Map<string, string>();
  for (const { by } of answers.values())
    if (!names.has(by)) names.set(by, (await core.store.accounts.find(by))?.name ?? '');
  const answerable = dossier.status === 'underStudy' && isAllowed(context.actor, 'remark.answer', dossier);
  return named
    .toSorted((a, b) => b.opinion.round - a.opinion.round)
    .map((one) => {
      const answer = answers.get(one.id);
      return {
        ...one,
        bodyName: bodies.get(one.opinion.body) ?? { ar: one.opinion.body, fr: one.opinion.body },
        document: documents.get(one.remark.document) ?? null,
        answer: answer === undefined ? null : { ...answer, byName: names.get(answer.by) ?? '' },
        answerable,
      };
    });
}

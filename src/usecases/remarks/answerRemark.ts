import { authorize } from '../../domain/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { dossierEvent } from '../dossierEvent.ts';
import { visibleDossier } from '../dossiers/visibleDossier.ts';
import { listRemarks, type RemarkView } from './listRemarks.ts';

/**
 * Answers one remark, or changes the answer, while the dossier is under study: in words, and with the version of a
 * piece that it led to.
 * @throws DomainError REMARK_NOT_FOUND, REMARK_CLOSED, DOCUMENT_NOT_FOUND
 */
export async function answerRemark(
  core: Core,
  context: RequestContext,
  input: { dossier: string; remark: string; text: string; document?: string | null | undefined },
): Promise<RemarkView> {
  const seen = await visibleDossier(core, context, input.dossier);
  authorize(context.actor, 'remark.answer', seen);
  const remark = (await listRemarks(core, context, input)).find(({ id }) => id === input.remark);
  if (remark === undefined) throw new DomainError('REMARK_NOT_FOUND', { remark: input.remark });
  const document = input.document ?? null;
  const answer = {
    id: remark.id,
    dossier: seen.id,
    text: input.text,
    document,
    by: context.actor.account,
    at: core.clock.now(),
  };
  await core.store.transaction(async (tx) => {
    const dossier = await visibleDossier(core, context, input.dossier, tx);
    if (dossier.status !== 'underStudy') throw new DomainError('REMARK_CLOSED', { dossier: dossier.id });
    if (document !== null && (await core.store.documents.find(document, tx))?.dossier !== dossier.id) {
      throw new DomainError('DOCUMENT_NOT_FOUND', { document });
    }
    await core.store.remarkAnswers.put(tx, answer);
    core.store.appendEvents(tx, [
      dossierEvent(dossier, 'RemarkAnswered', context.actor, answer.at, {
        party: 'applicant',
        subject: remark.id,
        body: remark.opinion.body,
        article: remark.remark.article,
        data: { round: remark.opinion.round, document },
      }),
    ]);
  });
  return { ...remark, answer: { ...answer, byName: context.actor.name } };
}

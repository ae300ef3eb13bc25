import { DomainError } from '../domain/errors.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { changeDossier } from './changeDossier.ts';
import { requirePlansSigned } from './requirePlansSigned.ts';
import type { TaskHandler } from './taskHandler.ts';

/** The applicant answers a complement: each piece asked for has a version newer than the request. */
export const answerComplement: TaskHandler = async (
  core,
  { task, dossier: seen, version, payload, actor, now },
) => ({
  variables: {},
  async write(tx) {
    const documents = await core.store.documents.ofDossier(seen.id, tx);
    const dossier = await changeDossier(core, tx, seen.id, now, (current) => {
      const request = current.complements.findLast(({ round }) => round === current.round);
      const absent = request?.items.find(
        ({ piece, document }) =>
          !documents.some((one) => one.current && one.piece === piece && one.id !== document),
      );
      if (absent !== undefined) throw new DomainError('REQUESTED_PIECE_MISSING', { piece: absent.piece });
      requirePlansSigned(current, version, documents, current.round);
      return {
        complements: current.complements.map((one) => (one === request ? { ...one, answeredAt: now } : one)),
        records: { ...current.records, [task.flowNode]: payload },
      };
    });
    const about = { flowNode: task.flowNode, subject: task.id, party: 'applicant' as const };
    return [
      dossierEvent(dossier, 'ComplementAnswered', actor, now, { ...about, data: { round: dossier.round } }),
    ];
  },
});

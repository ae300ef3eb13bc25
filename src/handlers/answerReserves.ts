import { dossierEvent } from '../usecases/dossierEvent.ts';
import { changeDossier } from './changeDossier.ts';
import { requirePlansSigned } from './requirePlansSigned.ts';
import type { TaskHandler } from './taskHandler.ts';

/** The designer answers the minor reserves; plans changed meanwhile are signed again (RGC 38). */
export const answerReserves: TaskHandler = async (
  core,
  { task, dossier: seen, version, payload, actor, now },
) => ({
  variables: {},
  async write(tx) {
    const documents = await core.store.documents.ofDossier(seen.id, tx);
    const dossier = await changeDossier(core, tx, seen.id, now, (current) => {
      requirePlansSigned(current, version, documents, current.round);
      const last = current.reserves.at(-1);
      return {
        reserves: current.reserves.map((one) => (one === last ? { ...one, answeredAt: now } : one)),
        records: { ...current.records, [task.flowNode]: payload },
      };
    });
    const about = { flowNode: task.flowNode, subject: task.id, party: 'applicant' as const };
    return [
      dossierEvent(dossier, 'ReservesAnswered', actor, now, { ...about, data: { round: dossier.round } }),
    ];
  },
});

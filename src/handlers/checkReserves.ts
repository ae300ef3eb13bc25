import { dossierEvent } from '../usecases/dossierEvent.ts';
import { changeDossier } from './changeDossier.ts';
import type { TaskHandler } from './taskHandler.ts';

/** The registry finds the reserves lifted, or not: then a modified project is needed (RGC 38). */
export const checkReserves: TaskHandler = async (core, { task, dossier: seen, payload, actor, now }) => {
  const { lifted } = payload as { lifted: boolean };
  return {
    variables: { reservesLifted: lifted },
    async write(tx) {
      const dossier = await changeDossier(core, tx, seen.id, now, (current) => {
        const last = current.reserves.at(-1);
        return {
          reserves: current.reserves.map((one) => (one === last ? { ...one, lifted } : one)),
          records: { ...current.records, [task.flowNode]: payload },
        };
      });
      return [
        dossierEvent(dossier, 'ReservesChecked', actor, now, {
          flowNode: task.flowNode,
          subject: task.id,
          article: task.article,
          data: { round: dossier.round, lifted },
        }),
      ];
    },
  };
};

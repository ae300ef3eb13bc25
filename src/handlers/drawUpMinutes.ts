import type { DecisionChoice } from '../domain/decision.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { changeDossier } from './changeDossier.ts';
import type { TaskHandler } from './taskHandler.ts';

/** The secretariat draws up the minutes: they carry the signed opinions and name the silent members (RGC 34). */
export const drawUpMinutes: TaskHandler = async (core, { task, dossier: seen, payload, actor, now }) => {
  const { observations, proposal } = payload as { observations: string; proposal: DecisionChoice };
  return {
    variables: {},
    async write(tx) {
      const opinions = (await core.store.opinions.ofDossier(seen.id, tx)).filter(
        (one) => one.round === seen.round,
      );
      const dossier = await changeDossier(core, tx, seen.id, now, (current) => ({
        minutes: [
          ...current.minutes,
          {
            round: current.round,
            drawnUpAt: now,
            drawnUpBy: actor.account,
            observations,
            proposal,
            opinions: opinions.map((opinion) => opinion.id),
            silent: current.committee?.silent ?? [],
          },
        ],
      }));
      return [
        dossierEvent(dossier, 'MinutesDrawnUp', actor, now, {
          flowNode: task.flowNode,
          subject: task.id,
          body: task.body,
          article: task.article,
          data: { round: dossier.round, proposal, opinions: opinions.length },
        }),
      ];
    },
  };
};

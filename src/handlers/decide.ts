import type { DecisionChoice } from '../domain/decision.ts';
import { checkDecision } from '../domain/rulesOfDecision.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { changeDossier } from './changeDossier.ts';
import type { TaskHandler } from './taskHandler.ts';

/** The president chooses, within what the opinions allow (RGC 35–38). */
export const decide: TaskHandler = async (core, { task, dossier: seen, payload, actor, now }) => {
  const { choice, conditions = [] } = payload as { choice: DecisionChoice; conditions?: string[] };
  const opinions = (await core.store.opinions.ofDossier(seen.id)).filter((one) => one.round === seen.round);
  const binding = (seen.committee?.members ?? [])
    .filter((member) => member.binding)
    .map((member) => member.body);
  checkDecision(choice, opinions, binding);
  return {
    variables: { decision: choice },
    async write(tx) {
      const dossier = await changeDossier(core, tx, seen.id, now, (current) => ({
        decision: { choice, reasons: [], conditions, at: now, by: actor.account },
        records: { ...current.records, [task.flowNode]: payload },
        reserves:
          choice === 'liftReserves'
            ? [
                ...current.reserves,
                { round: current.round, requestedAt: now, answeredAt: null, lifted: null },
              ]
            : current.reserves,
      }));
      return [
        dossierEvent(dossier, 'DecisionMade', actor, now, {
          flowNode: task.flowNode,
          subject: task.id,
          article: task.article,
          data: { round: dossier.round, choice },
        }),
      ];
    },
  };
};

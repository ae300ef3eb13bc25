import type { DecisionChoice } from '../domain/decision.ts';
import { DomainError } from '../domain/errors.ts';
import type { JsonObject } from '../domain/json.ts';
import { checkDecision } from '../domain/rulesOfDecision.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { changeDossier } from './changeDossier.ts';
import type { TaskHandler, TaskOutcome, TaskWork } from './taskHandler.ts';

interface Payload {
  choice: DecisionChoice | 'sendBack';
  conditions?: string[];
  reason?: string;
}

/**
 * The president chooses, within what the opinions allow (RGC 35–38), or sends the dossier back to the committee's
 * secretariat: no decision then, the minutes are drawn up again from the same opinions.
 * @throws DomainError REASON_MISSING, BINDING_OPINION_MISSING, BINDING_OPINION_UNFAVOURABLE, RESERVES_NOT_LIFTED, NO_RESERVES
 */
export const decide: TaskHandler = async (core, work) => {
  const { task, dossier: seen, payload, actor, now } = work;
  const { choice, conditions = [], reason } = payload as unknown as Payload;
  if (choice === 'sendBack') return sendBack(core, work, reason);
  const opinions = (await core.store.opinions.ofDossier(seen.id)).filter((one) => one.round === seen.round);
  const binding = (seen.committee?.members ?? [])
    .filter((member) => member.binding)
    .map((member) => member.body);
  // Without a committee in the diagram there is no opinion that could bind.
  const hasCommittee = Object.values(work.version.services).some(
    ({ handler }) => handler === 'conveneCommittee',
  );
  if (hasCommittee) checkDecision(choice, opinions, binding);
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

/** What is to be taken up again is kept for the secretariat, beside the form. */
function sendBack(
  core: Parameters<TaskHandler>[0],
  { task, dossier: seen, payload, actor, now }: TaskWork,
  reason: string | undefined,
): TaskOutcome {
  if (reason === undefined) throw new DomainError('REASON_MISSING', { field: '/reason' });
  const kept: JsonObject = { ...payload, at: new Date(now).toISOString() };
  return {
    variables: { decision: 'sendBack' },
    async write(tx) {
      const dossier = await changeDossier(core, tx, seen.id, now, (current) => ({
        records: { ...current.records, [task.flowNode]: kept },
      }));
      return [
        dossierEvent(dossier, 'DossierSentBack', actor, now, {
          flowNode: task.flowNode,
          subject: task.id,
          article: task.article,
          data: { round: dossier.round },
        }),
      ];
    },
  };
}

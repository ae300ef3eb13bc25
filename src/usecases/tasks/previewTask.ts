import { authorize } from '../../domain/access.ts';
import type { DecisionChoice } from '../../domain/decision.ts';
import { DomainError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { previewAct } from '../../handlers/signDecision.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { type Letter, printMinutes } from '../dossiers/readLetters.ts';
import { visibleTask } from './visibleTask.ts';

/**
 * The document that completing a task with this form would make, marked as a draft; nothing is kept or signed.
 * @throws DomainError TASK_NOT_FOUND, TASK_ALREADY_DONE, FORBIDDEN, DECISION_NOT_READY, NOT_AVAILABLE_YET
 */
export async function previewTask(
  core: Core,
  context: RequestContext,
  input: { id: string; payload: JsonObject },
): Promise<Letter> {
  const { actor } = context;
  const { task, dossier } = await visibleTask(core, context, input.id);
  authorize(actor, 'task.do', { task, dossier });
  if (task.status !== 'open') throw new DomainError('TASK_ALREADY_DONE', { task: task.id });
  const version = await core.catalog.get(task.definition);
  const now = core.clock.now();
  if (task.handler === 'signDecision') {
    const work = { task, dossier, version, payload: input.payload, actor, now };
    return {
      fileName: `${dossier.number}-${task.flowNode}.pdf`,
      mediaType: 'application/pdf',
      content: await previewAct(core, work),
    };
  }
  if (task.handler === 'drawUpMinutes') {
    const { observations = '', proposal = 'deliver' } = input.payload as {
      observations?: string;
      proposal?: DecisionChoice;
    };
    const opinions = await core.store.opinions.ofDossier(dossier.id);
    const minutes = {
      round: dossier.round,
      drawnUpAt: now,
      drawnUpBy: actor.account,
      observations,
      proposal,
      opinions: opinions.filter((one) => one.round === dossier.round).map((one) => one.id),
      silent: dossier.committee?.silent ?? [],
    };
    return printMinutes(core, dossier, version, minutes, true);
  }
  throw new DomainError('NOT_AVAILABLE_YET', { document: task.flowNode });
}

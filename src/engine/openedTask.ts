import { DomainError } from '../domain/errors.ts';
import type { ProcessInstance, Task } from '../domain/process.ts';
import type { EngineEffect } from './interpreter.ts';
import type { StepFacts } from './stepFacts.ts';
import { waitingId } from './waitingId.ts';

/**
 * The task that a step opens, with what the procedure says of it.
 * @throws DomainError TASK_BODY_UNKNOWN when what names the body in charge gives no text
 */
export function openedTask(
  instance: ProcessInstance,
  effect: Extract<EngineEffect, { type: 'taskCreated' }>,
  facts: StepFacts,
): Task {
  const meaning = facts.definition.tasks[effect.flowNode];
  if (meaning === undefined) throw new Error(`no task definition for ${effect.flowNode}`);
  const body = meaning.body === null ? null : facts.evaluate(meaning.body, effect.variables);
  if (body !== null && typeof body !== 'string') {
    throw new DomainError('TASK_BODY_UNKNOWN', { flowNode: effect.flowNode, expression: meaning.body });
  }
  return {
    id: waitingId(instance.id, effect.id),
    instance: instance.id,
    dossier: instance.dossier,
    dossierNumber: facts.dossierNumber,
    applicant: facts.applicant,
    procedure: instance.procedure,
    definition: instance.definition,
    flowNode: effect.flowNode,
    token: effect.id,
    roles: meaning.roles,
    body,
    territory: facts.territory,
    form: meaning.form,
    handler: meaning.handler,
    status: 'open',
    assignee: null,
    claimedAt: null,
    createdAt: facts.now,
    dueAt: meaning.limit === null ? null : facts.dueOf(meaning.limit, facts.now),
    article: meaning.article,
    round: facts.round,
    endedAt: null,
    completedBy: null,
    variables: {},
    version: 1,
  };
}

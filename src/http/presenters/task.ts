import type { JsonObject } from '../../domain/json.ts';
import type { Task } from '../../domain/process.ts';
import type { TaskDetail } from '../application.ts';
import { presentText } from './account.ts';
import { presentDossierRow } from './dossierRow.ts';
import { presentInstant, presentMaybeInstant } from './instant.ts';
import { presentForm } from './procedure.ts';

/** A task, without what only the engine needs. */
export function presentTask(task: Task): JsonObject {
  return {
    id: task.id,
    dossier: task.dossier,
    dossierNumber: task.dossierNumber,
    procedure: task.procedure,
    procedureVersion: task.definition,
    flowNode: task.flowNode,
    roles: task.roles,
    body: task.body,
    territory: task.territory,
    form: task.form,
    status: task.status,
    assignee: task.assignee,
    claimedAt: presentMaybeInstant(task.claimedAt),
    createdAt: presentInstant(task.createdAt),
    dueAt: presentMaybeInstant(task.dueAt),
    article: task.article,
    round: task.round,
    endedAt: presentMaybeInstant(task.endedAt),
    completedBy: task.completedBy,
    version: task.version,
  };
}

/** A task with its meaning and its form. */
export function presentTaskDetail({ task, dossier, definition, form }: TaskDetail): JsonObject {
  const { name, party, article, limit } = definition;
  return {
    task: presentTask(task),
    dossier: presentDossierRow(dossier),
    name: presentText(name),
    party,
    article,
    limit: limit && { amount: limit.amount, calendar: limit.calendar },
    form: form && presentForm(form),
  };
}

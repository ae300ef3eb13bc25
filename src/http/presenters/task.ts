import type { JsonObject } from '../../domain/json.ts';
import type { Task } from '../../domain/process.ts';
import type { SigningRow, TaskDetail, TaskRow } from '../application.ts';
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

/** A task of an inbox, with the names that a person knows it by. */
export function presentTaskRow(row: TaskRow): JsonObject {
  return {
    ...presentTask(row.task),
    handler: row.task.handler,
    name: presentText(row.name),
    procedureName: presentText(row.procedureName),
    communeName: presentText(row.communeName),
    applicantName: row.applicantName,
    assigneeName: row.assigneeName,
  };
}

/** What waits for a president, with all that one line can say of it. */
export function presentSigningRow({ row, act, choice, verdicts, tax, limit }: SigningRow): JsonObject {
  return {
    task: presentTaskRow(row),
    act,
    choice,
    verdicts: verdicts.map(({ body, name, binding, value }) => ({
      body,
      name: presentText(name),
      binding,
      value,
    })),
    tax: tax && { amount: tax.amount, paid: tax.paid },
    limit: limit && { dueAt: presentMaybeInstant(limit.dueAt), amount: limit.amount, unit: limit.unit },
  };
}

/** A task with its meaning and its form. */
export function presentTaskDetail({ task, dossier, definition, form, assigneeName }: TaskDetail): JsonObject {
  const { name, party, article, limit } = definition;
  return {
    task: presentTask(task),
    dossier: presentDossierRow(dossier),
    name: presentText(name),
    party,
    article,
    limit: limit && { amount: limit.amount, calendar: limit.calendar },
    form: form && presentForm(form),
    handler: task.handler,
    assigneeName,
  };
}

import type { JsonObject } from '../../domain/json.ts';
import type { FormDetail, Procedure, ProcedureRow, Territory } from '../application.ts';
import { presentText } from './account.ts';
import { presentInstant } from './instant.ts';

/** A published version as a list shows it. */
export function presentProcedureRow(row: ProcedureRow): JsonObject {
  return {
    id: row.id,
    version: row.hash,
    name: presentText(row.settings.name),
    words: row.settings.words === undefined ? null : presentText(row.settings.words),
    numberType: row.settings.numberType,
    inForceFrom: row.inForceFrom,
    publishedAt: presentInstant(row.publishedAt),
    note: row.note,
  };
}

/** A published version with its steps, pieces and limits. */
export function presentProcedure(procedure: Procedure): JsonObject {
  const { settings, names, tasks, forms } = procedure;
  return {
    ...presentProcedureRow(procedure),
    silenceIsApproval: settings.silenceIsApproval,
    legalBasis: settings.legalBasis.map(({ article, text }) => ({ article, text: presentText(text) })),
    timeLimits: settings.timeLimits.map((limit) => ({
      id: limit.id,
      inForceFrom: limit.inForceFrom,
      inForceTo: limit.inForceTo,
      amount: limit.amount,
      unit: limit.unit,
      article: limit.article,
      source: limit.source,
      doubt: limit.doubt,
    })),
    pieces: settings.pieces.map((piece) => ({
      code: piece.code,
      name: presentText(piece.name),
      kind: piece.kind,
      when: piece.when,
      article: piece.article,
      plan: piece.plan,
      accept: piece.accept,
    })),
    applicationForm: settings.forms.application,
    forms: Object.keys(forms),
    flowNodes: Object.entries(names).map(([flowNode, name]) => ({
      flowNode,
      name: presentText(name),
      party: tasks[flowNode]?.party ?? null,
      article: tasks[flowNode]?.article ?? null,
    })),
  };
}

/** A form in its parts. */
export function presentForm({ id, schema, ui, texts }: FormDetail): JsonObject {
  return { id, schema, ui, texts: { ar: texts.ar, fr: texts.fr, en: texts.en } };
}

/** A place with its names. */
export function presentTerritory({ code, kind, name, parent, setting, population }: Territory): JsonObject {
  return { code, kind, name: presentText(name), parent, setting, population };
}

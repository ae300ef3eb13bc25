import type { JsonObject } from '../../domain/json.ts';
import type { ProcedureDraftRow, ProcedureDraftView, ProcedureProblem, VersionLife } from '../application.ts';
import { presentText } from './account.ts';
import { presentInstant } from './instant.ts';

const LONGEST = 2000;
const MOST = 500;

/** A draft as a list shows it. */
export function presentDraftRow(draft: ProcedureDraftRow): JsonObject {
  const { id, procedure, base, author, authorName, createdAt, updatedAt, version } = draft;
  return {
    id,
    procedure,
    base,
    author,
    authorName,
    createdAt: presentInstant(createdAt),
    updatedAt: presentInstant(updatedAt),
    version,
  };
}

/** A draft with its files. */
export function presentDraft(draft: ProcedureDraftView): JsonObject {
  return { ...presentDraftRow(draft), files: draft.files.map(({ path, content }) => ({ path, content })) };
}

/** What stands between a draft and its publication; nobody reads more than five hundred. */
export function presentProblems(found: { version: number; problems: ProcedureProblem[] }): JsonObject {
  const short = (text: string) => (text === '' ? '–' : text.slice(0, LONGEST));
  return {
    version: found.version,
    problems: found.problems.slice(0, MOST).map(({ rule, element, message: { ar, fr, en } }) => ({
      rule,
      element: element?.slice(0, 400) ?? null,
      message: { ar: short(ar), fr: short(fr), en: short(en ?? fr) },
    })),
  };
}

/** A version with its life. */
export function presentLife({ version, publishedBy, state, running }: VersionLife): JsonObject {
  return {
    id: version.id,
    version: version.hash,
    name: presentText(version.settings.name),
    numberType: version.settings.numberType,
    inForceFrom: version.inForceFrom,
    publishedAt: presentInstant(version.publishedAt),
    note: version.note,
    publishedBy: publishedBy?.name ?? null,
    shipped: publishedBy === null,
    state,
    running,
  };
}

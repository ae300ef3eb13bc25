import type { Document } from '../../domain/document.ts';
import type { Dossier } from '../../domain/dossier.ts';
import type { Opinion } from '../../domain/opinion.ts';
import type { Task } from '../../domain/process.ts';

/** Task handlers for which the applicant brings documents. */
const BRINGS_DOCUMENTS = new Set(['answerComplement', 'answerReserves', 'submitModifiedProject']);

/**
 * The round for which documents may be added now, null when nobody asked for any: the draft's own, the running one
 * when something was asked, or the next when a modified project is awaited.
 */
export function preparedRound(dossier: Dossier, openTasks: Pick<Task, 'handler'>[]): number | null {
  if (dossier.status === 'draft') return dossier.round;
  const asked = openTasks.filter((task) => task.handler !== null && BRINGS_DOCUMENTS.has(task.handler));
  if (asked.length === 0) return null;
  return asked.some((task) => task.handler === 'submitModifiedProject') ? dossier.round + 1 : dossier.round;
}

/**
 * The pieces that may be changed now, null for any. Once members have spoken, only what a reserve names may change:
 * everything else is what they gave their opinion on (RGC 38).
 */
export function changeablePieces(
  dossier: Dossier,
  openTasks: Pick<Task, 'handler'>[],
  opinions: Opinion[],
  documents: Document[],
): Set<string> | null {
  if (dossier.status === 'draft' || !openTasks.some((task) => task.handler === 'answerReserves')) return null;
  const reserved = opinions
    .filter((opinion) => opinion.round === dossier.round)
    .flatMap((opinion) =>
      opinion.remarks.filter((remark) => remark.reserve).map((remark) => remark.document),
    );
  return new Set(documents.filter((one) => reserved.includes(one.id)).map((one) => one.piece));
}

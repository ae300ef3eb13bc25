import { problem } from '../problems.ts';
import { timeLimitOn } from '../timeLimitOn.ts';
import type { Problem, TimeLimitProfile } from '../types.ts';
import type { Rule } from './subject.ts';

/** For each day since the procedure is in force one special total at most applies, written before the general ceilings. */
export const timeLimits: Rule = ({ version }) => {
  const { settings } = version;
  const problems: Problem[] = [];
  const seen = new Set<string>();
  let cap: string | null = null;
  for (const [index, limit] of settings.timeLimits.entries()) {
    const { id, inForceFrom, inForceTo } = limit;
    if (seen.has(id)) problems.push(fault(id, 'nommé deux fois', 'مذكور مرتين', 'is named twice'));
    seen.add(id);
    if (inForceTo !== null && inForceTo <= inForceFrom) {
      problems.push(fault(id, 'finit avant de commencer', 'ينتهي قبل أن يبدأ', 'ends before it begins'));
    }
    if (limit.cap === true) cap ??= id;
    else if (cap !== null)
      problems.push(fault(id, `à écrire avant ${cap}`, `يكتب قبل ${cap}`, `must come before ${cap}`));
    for (const other of settings.timeLimits.slice(0, index)) {
      if (limit.cap === true || other.cap === true || !overlap(limit, other)) continue;
      problems.push(fault(id, `chevauche ${other.id}`, `يتداخل مع ${other.id}`, `overlaps ${other.id}`));
    }
  }
  if (timeLimitOn(settings, settings.inForceFrom) === null) {
    problems.push(
      fault(settings.inForceFrom, 'aucun délai ce jour', 'لا أجل في هذا اليوم', 'has no time limit'),
    );
  }
  return problems;
};

const overlap = (a: TimeLimitProfile, b: TimeLimitProfile): boolean =>
  (b.inForceTo === null || a.inForceFrom < b.inForceTo) &&
  (a.inForceTo === null || b.inForceFrom < a.inForceTo);

const fault = (id: string, fr: string, ar: string, en: string): Problem =>
  problem(
    'timeLimits',
    id,
    `Délai légal ${id} : ${fr}.`,
    `الأجل القانوني ${id}: ${ar}.`,
    `Time limit ${id} ${en}.`,
  );

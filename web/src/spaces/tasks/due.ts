import type { Tone } from '../../components/StatePill.tsx';

const DAY = 86_400_000;

/** How pressing a due date is: passed, within two days, or further. */
export function toneOfDue(dueAt: string | null, now: number): Tone {
  if (dueAt === null) return 'plain';
  const left = Date.parse(dueAt) - now;
  if (left < 0) return 'late';
  return left < 2 * DAY ? 'near' : 'good';
}

/** What may be asked of due dates in an inbox. */
export const DUES = ['late', 'today', 'week'] as const;
export type Due = (typeof DUES)[number];

/** The instant before which a task of this kind is due; to the hour, so that asking again is asking the same. */
export function dueBefore(due: Due, now: number): string {
  const end = { late: now, today: now + DAY, week: now + 7 * DAY }[due];
  const hour = 3_600_000;
  return new Date(due === 'late' ? end - (end % 60_000) : Math.ceil(end / hour) * hour).toISOString();
}

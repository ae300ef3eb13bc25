import { formatDate, parseDate } from './localDate.ts';
import type { TimeLimit } from './timeLimit.ts';
import type { WorkingTime } from './workingTime.ts';

/** Days that begin after one instant and not after another, as a time limit counts them; negative when `to` is earlier. */
export function countDays(
  workingTime: WorkingTime,
  from: number,
  to: number,
  calendar: TimeLimit['calendar'],
): number {
  if (to < from) return -countDays(workingTime, to, from, calendar);
  const first = parseDate(workingTime.localDateOf(from));
  const last = parseDate(workingTime.localDateOf(to));
  if (calendar === 'calendarDays') return last - first;
  let count = 0;
  for (let day = first + 1; day <= last; day++) if (workingTime.isWorkingDay(formatDate(day))) count++;
  return count;
}

/** Working days left until a deadline: 0 on its last day, negative once it has passed. */
export function workingDaysLeft(workingTime: WorkingTime, now: number, dueAt: number): number {
  // A deadline at 24:00 belongs to the day that ends, not to the one that begins.
  return countDays(workingTime, now, dueAt - 1000, 'workingDays');
}

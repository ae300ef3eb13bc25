import { parseTimeLimit } from '../../domain/legalTime/timeLimit.ts';
import type { Diagram, DiagramNode } from '../diagram.ts';
import { problem } from '../problems.ts';
import type { TimeLimitProfile } from '../types.ts';
import type { Rule } from './subject.ts';

/**
 * The administration's limits add up to no more than the statutory totals in force with the procedure, along any way
 * through the diagram that does not wait for the applicant. Working days are counted as calendar days from a Monday.
 */
export const limitsWithinTotal: Rule = ({ version, diagram }) => {
  const { settings } = version;
  const totals = settings.timeLimits.filter(
    ({ cap, inForceTo }) => cap !== true && (inForceTo === null || inForceTo > settings.inForceFrom),
  );
  const { working, calendar } = longestWay(diagram);
  const needed = toCalendarDays(working) + calendar;
  return totals
    .filter((total) => needed > inCalendarDays(total))
    .map((total) =>
      problem(
        'limitsWithinTotal',
        total.id,
        `Les délais des tâches font ${needed} jours calendaires, le délai légal ${total.id} en donne ${inCalendarDays(total)}.`,
        `مجموع آجال المهام ${needed} يوما، والأجل القانوني ${total.id} يمنح ${inCalendarDays(total)}.`,
        `The tasks’ limits add up to ${needed} calendar days, the statutory total ${total.id} gives ${inCalendarDays(total)}.`,
      ),
    );
};

interface Days {
  working: number;
  calendar: number;
}

const toCalendarDays = (working: number): number => working + 2 * Math.floor(working / 5);
const inCalendarDays = ({ amount, unit }: TimeLimitProfile): number =>
  unit === 'workingDays' ? toCalendarDays(amount) : amount;
const size = ({ working, calendar }: Days): number => toCalendarDays(working) + calendar;

/** The costliest way from a start event; a way that comes back to where it has been is not followed. */
function longestWay({ nodes, flows }: Diagram): Days {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const targets = new Map(flows.map(({ id, target }) => [id, target]));
  const known = new Map<string, Days>();
  const under = new Set<string>();
  const from = (id: string): Days => {
    const node = byId.get(id);
    const nothing = { working: 0, calendar: 0 };
    if (node === undefined || under.has(id) || node.attributes['permit:party'] === 'applicant')
      return nothing;
    const done = known.get(id);
    if (done !== undefined) return done;
    under.add(id);
    const boundary = nodes.filter(({ attachedTo }) => attachedTo === id).flatMap(({ outgoing }) => outgoing);
    let longest: Days = nothing;
    for (const flow of [...node.outgoing, ...boundary]) {
      const way = from(targets.get(flow) ?? '');
      if (size(way) > size(longest)) longest = way;
    }
    under.delete(id);
    const own = daysOf(node);
    const total = { working: own.working + longest.working, calendar: own.calendar + longest.calendar };
    known.set(id, total);
    return total;
  };
  return nodes
    .filter(({ type }) => type === 'StartEvent')
    .map(({ id }) => from(id))
    .reduce((a, b) => (size(b) > size(a) ? b : a), { working: 0, calendar: 0 });
}

/** Limits that cannot be read are `taskLimit`'s to report; months count thirty days. */
function daysOf({ attributes }: DiagramNode): Days {
  const calendar = attributes['permit:calendar'];
  if (calendar !== 'workingDays' && calendar !== 'calendarDays') return { working: 0, calendar: 0 };
  try {
    const limit = parseTimeLimit({ amount: attributes['permit:limit'] ?? '', calendar });
    const days = limit.kind === 'days' ? limit.days + 30 * limit.months : 0;
    return calendar === 'workingDays' ? { working: days, calendar: 0 } : { working: 0, calendar: days };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { working: 0, calendar: 0 };
  }
}

import { parseTimeLimit, type TimeLimit } from '../../domain/legalTime/timeLimit.ts';
import type { DiagramNode } from '../diagram.ts';
import { problem } from '../problems.ts';
import type { Rule } from './subject.ts';

/** A task of the administration has a time limit, its calendar and the article it rests on; all limits and timers are valid. */
export const taskLimit: Rule = ({ diagram }) =>
  diagram.nodes.flatMap((node) => {
    const fault = faultOf(node);
    if (fault === null) return [];
    const { id } = node;
    return [
      problem(
        'taskLimit',
        id,
        `Délai de ${id} : ${fault.fr}.`,
        `أجل ${id}: ${fault.ar}.`,
        `Time limit of ${id}: ${fault.en}.`,
      ),
    ];
  });

interface Fault {
  fr: string;
  ar: string;
  en: string;
}

function faultOf({ type, attributes, timer }: DiagramNode): Fault | null {
  if (timer !== null) return timer.kind === 'duration' ? limitFault(timer.value, timer.calendar) : null;
  const amount = attributes['permit:limit'];
  const calendar = attributes['permit:calendar'];
  if (amount !== undefined && calendar !== undefined && attributes['permit:article'] !== undefined) {
    return limitFault(amount, calendar);
  }
  const isOfAdministration = type === 'UserTask' && attributes['permit:party'] !== 'applicant';
  if (!isOfAdministration && amount === undefined && calendar === undefined) return null;
  return {
    fr: 'il faut permit:limit, permit:calendar et permit:article',
    ar: 'يجب تحديد permit:limit وpermit:calendar وpermit:article',
    en: 'permit:limit, permit:calendar and permit:article are needed',
  };
}

function limitFault(amount: string, calendar: string | null): Fault | null {
  try {
    parseTimeLimit({ amount, calendar: calendar as TimeLimit['calendar'] });
    return null;
  } catch (error) {
    const { message } = error as RangeError;
    return { fr: message, ar: message, en: message };
  }
}

import type { DiagramElement } from '../diagram.ts';
import { problem } from '../problems.ts';
import type { Rule } from './subject.ts';

const NAMES = ['permit:nameAr', 'permit:nameEn'];
const ACTIVITY = [...NAMES, 'permit:handler', 'permit:limit', 'permit:calendar', 'permit:article'];
const ALLOWED: Record<string, readonly string[]> = {
  UserTask: [...ACTIVITY, 'permit:body', 'permit:party', 'camunda:candidateGroups', 'camunda:formKey'],
  ServiceTask: [...ACTIVITY, 'permit:template', 'camunda:topic'],
  SendTask: [...ACTIVITY, 'permit:template', 'camunda:topic'],
  StartEvent: [...NAMES, 'camunda:formKey'],
};

/** No element bears an attribute that nothing reads: a misspelt one would silently change nothing. */
export const knownAttributes: Rule = ({ diagram }) => {
  const { process, pools, lanes, stages, nodes, flows } = diagram;
  return [process, ...pools, ...lanes, ...stages, ...nodes, ...flows].flatMap((element) =>
    unknownOf(element).map((attribute) =>
      problem(
        'knownAttributes',
        element.id,
        `Rien ne lit l’attribut ${attribute} de ${element.id}.`,
        `لا شيء يقرأ الخاصية ${attribute} للعنصر ${element.id}.`,
        `Nothing reads the attribute ${attribute} of ${element.id}.`,
      ),
    ),
  );
};

function unknownOf({ type, attributes }: DiagramElement): string[] {
  const allowed = ALLOWED[type] ?? NAMES;
  // Attributes of other tools (colours, exporters) mean nothing here and change nothing.
  const ours = Object.keys(attributes).filter((name) => /^(permit|camunda):/.test(name));
  return ours.filter((name) => !allowed.includes(name));
}

import type { DiagramNode } from '../diagram.ts';
import { problem } from '../problems.ts';
import type { Rule } from './subject.ts';

/** Variables that the committee's convening gives to the process: the bodies that answer. */
const BODY_VARIABLES = ['urbanAgency', 'secretariat'];
const NAME = /^[a-z][A-Za-z0-9]*$/;

/** A task's body is the element of its own loop, or a body that convening the committee names; loops name both parts. */
export const taskBody: Rule = ({ diagram }) =>
  diagram.nodes
    .filter(({ type }) => type === 'UserTask')
    .filter((node) => !isSane(node))
    .map(({ id, attributes }) => {
      const body = attributes['permit:body'] ?? '';
      return problem(
        'taskBody',
        id,
        `La tâche ${id} ne dit pas correctement quel organisme répond (permit:body « ${body} », boucle collection et variable).`,
        `المهمة ${id} لا تحدد الجهة المجيبة كما يجب (permit:body «${body}»، ومجموعة التكرار ومتغيره).`,
        `Task ${id} does not say rightly which body answers (permit:body “${body}”, the loop’s collection and variable).`,
      );
    });

function isSane({ attributes, loop }: DiagramNode): boolean {
  const body = attributes['permit:body'];
  if (loop === null) return body === undefined || BODY_VARIABLES.includes(body);
  const { collection, elementVariable } = loop;
  if (collection === null || elementVariable === null) return false;
  return (
    NAME.test(collection) && NAME.test(elementVariable) && (body === undefined || body === elementVariable)
  );
}

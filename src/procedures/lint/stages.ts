import { problem } from '../problems.ts';
import type { Problem } from '../types.ts';
import type { Rule } from './subject.ts';

/**
 * A diagram that names stages (category values) names each in its languages, puts every user task into
 * one and no node into two, so that a reader always knows where the dossier is.
 */
export const stages: Rule = ({ diagram }) => {
  if (diagram.stages.length === 0) return [];
  const astray = diagram.nodes.filter(
    (node) => node.stages.length > 1 || (node.type === 'UserTask' && node.stages.length === 0),
  );
  const used = new Set(diagram.nodes.flatMap((node) => node.stages));
  return [
    ...astray.map(({ id }) => misplaced(id)),
    ...diagram.stages.filter(({ id }) => !used.has(id)).map(({ id }) => unused(id)),
  ];
};

const misplaced = (id: string): Problem =>
  problem(
    'stages',
    id,
    `${id} doit appartenir à une étape, et à une seule (categoryValueRef).`,
    `العنصر ${id} يجب أن ينتمي إلى مرحلة واحدة لا أكثر (categoryValueRef).`,
    `${id} belongs to one stage and no more (categoryValueRef).`,
  );

const unused = (id: string): Problem =>
  problem(
    'stages',
    id,
    `Aucun élément n’appartient à l’étape ${id}.`,
    `لا ينتمي أي عنصر إلى المرحلة ${id}.`,
    `Nothing belongs to stage ${id}.`,
  );

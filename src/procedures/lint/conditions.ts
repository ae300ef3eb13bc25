import { feelFault } from '../feel.ts';
import { problem } from '../problems.ts';
import type { Rule } from './subject.ts';

/** Conditions are FEEL, without a leading `=`, and every way out of a choice has one, but for its default. */
export const conditions: Rule = ({ diagram }) => {
  const nodes = new Map(diagram.nodes.map((node) => [node.id, node]));
  return diagram.flows.flatMap(({ id, source, condition }) => {
    const from = nodes.get(source);
    const isChoice = from !== undefined && from.outgoing.length > 1 && CHOICES.includes(from.type);
    if (condition === null && (!isChoice || from.defaultFlow === id)) return [];
    const fault = condition === null ? 'missing' : feelFault(condition, 'expression');
    if (fault === null) return [];
    return [
      problem(
        'conditions',
        id,
        `La condition de ${id} n’est pas une expression FEEL : ${fault}.`,
        `شرط ${id} ليس عبارة FEEL: ${fault}.`,
        `The condition of ${id} is not FEEL: ${fault}.`,
      ),
    ];
  });
};

const CHOICES = ['ExclusiveGateway', 'InclusiveGateway'];

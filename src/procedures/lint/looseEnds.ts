import { problem } from '../problems.ts';
import type { Problem } from '../types.ts';
import type { Rule } from './subject.ts';

/**
 * Something leads to each node and away from it: BPMN would begin a node that nothing leads to together with the process,
 * and let a dossier vanish where nothing leads away.
 */
export const looseEnds: Rule = ({ diagram }) =>
  diagram.nodes.flatMap(({ id, type, incoming, outgoing }) => {
    const problems: Problem[] = [];
    if (incoming.length === 0 && !BEGINS.has(type)) {
      problems.push(
        problem(
          'looseEnds',
          id,
          `Rien ne mène à ${id} : reliez-le, ou retirez-le.`,
          `لا شيء يؤدي إلى ${id}: اربطوه أو احذفوه.`,
          `Nothing leads to ${id}: connect it, or take it away.`,
        ),
      );
    }
    if (outgoing.length === 0 && type !== 'EndEvent') {
      problems.push(
        problem(
          'looseEnds',
          id,
          `Rien ne suit ${id} : reliez-le à la suite ou à une fin.`,
          `لا شيء بعد ${id}: اربطوه بما يليه أو بنهاية.`,
          `Nothing follows ${id}: connect it to what comes next, or to an end.`,
        ),
      );
    }
    return problems;
  });

/** Nodes that begin without being led to. */
const BEGINS = new Set(['StartEvent', 'BoundaryEvent']);

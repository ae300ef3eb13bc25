import { problem } from '../problems.ts';
import type { Rule } from './subject.ts';

/** Everything in the diagram's file is understood: no unknown element, no dangling reference, no id given twice. */
export const readable: Rule = ({ diagram }) =>
  diagram.warnings.map((warning) =>
    problem(
      'readable',
      null,
      `Le diagramme contient ce qui ne se comprend pas : ${warning}`,
      `يحتوي الرسم على ما لا يُفهم: ${warning}`,
      `The diagram holds what is not understood: ${warning}`,
    ),
  );

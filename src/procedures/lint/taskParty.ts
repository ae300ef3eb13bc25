import { problem } from '../problems.ts';
import type { Rule } from './subject.ts';

/** The party of a task, which decides whose clock runs, is the applicant or the administration, nobody else. */
export const taskParty: Rule = ({ diagram }) =>
  diagram.nodes
    .filter(({ attributes }) => !PARTIES.includes(attributes['permit:party'] ?? 'administration'))
    .map(({ id }) =>
      problem(
        'taskParty',
        id,
        `${id} : permit:party est « applicant » ou « administration ».`,
        `${id}: قيمة permit:party هي applicant أو administration.`,
        `${id}: permit:party is “applicant” or “administration”.`,
      ),
    );

const PARTIES = ['applicant', 'administration'];

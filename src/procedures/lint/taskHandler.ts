import { problem } from '../problems.ts';
import type { Rule } from './subject.ts';

/** A user task that names a handler names one that the product has; without a handler its form is recorded. */
export const taskHandler: Rule = ({ version, known }) =>
  Object.values(version.tasks)
    .filter(({ handler }) => handler !== null && !known.taskHandlers.has(handler))
    .map(({ flowNode, handler }) =>
      problem(
        'taskHandler',
        flowNode,
        `La tâche ${flowNode} appelle un traitement inconnu : ${handler}.`,
        `المهمة ${flowNode} تستدعي معالجة غير معروفة: ${handler}.`,
        `Task ${flowNode} calls an unknown handler: ${handler}.`,
      ),
    );

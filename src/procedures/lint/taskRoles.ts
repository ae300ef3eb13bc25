import { problem } from '../problems.ts';
import type { Rule } from './subject.ts';

/** Each user task says which known roles may take it. */
export const taskRoles: Rule = ({ version, known }) =>
  Object.values(version.tasks).flatMap(({ flowNode, roles }) => {
    if (roles.length === 0) {
      return [
        problem(
          'taskRoles',
          flowNode,
          `La tâche ${flowNode} n’a pas de rôle (camunda:candidateGroups).`,
          `المهمة ${flowNode} بلا دور (camunda:candidateGroups).`,
          `Task ${flowNode} has no role (camunda:candidateGroups).`,
        ),
      ];
    }
    return roles
      .filter((role) => !known.roles.has(role))
      .map((role) =>
        problem(
          'taskRoles',
          flowNode,
          `La tâche ${flowNode} nomme un rôle inconnu : ${role}.`,
          `المهمة ${flowNode} تشير إلى دور غير معروف: ${role}.`,
          `Task ${flowNode} names an unknown role: ${role}.`,
        ),
      );
  });

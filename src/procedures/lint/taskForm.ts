import { problem } from '../problems.ts';
import type { Rule } from './subject.ts';

/** Each user task has a form, and it exists. */
export const taskForm: Rule = ({ version }) =>
  Object.values(version.tasks)
    .filter(({ form }) => form === null || !Object.hasOwn(version.forms, form))
    .map(({ flowNode, form }) =>
      form === null
        ? problem(
            'taskForm',
            flowNode,
            `La tâche ${flowNode} n’a pas de formulaire (camunda:formKey).`,
            `المهمة ${flowNode} بلا استمارة (camunda:formKey).`,
            `Task ${flowNode} has no form (camunda:formKey).`,
          )
        : problem(
            'taskForm',
            flowNode,
            `Le formulaire ${form} de la tâche ${flowNode} n’existe pas.`,
            `الاستمارة ${form} للمهمة ${flowNode} غير موجودة.`,
            `Form ${form} of task ${flowNode} does not exist.`,
          ),
    );

import { compileForm } from '../compileForm.ts';
import { problem } from '../problems.ts';
import type { Rule } from './subject.ts';

/** Every form's schema compiles under JSON Schema 2020-12, strictly. */
export const formSchemas: Rule = ({ version }) =>
  Object.values(version.forms).flatMap(({ id, schema }) => {
    try {
      compileForm(schema);
      return [];
    } catch (error) {
      const { message } = error as Error;
      return [
        problem(
          'formSchemas',
          id,
          `Le schéma du formulaire ${id} est refusé : ${message}.`,
          `مخطط الاستمارة ${id} مرفوض: ${message}.`,
          `The schema of form ${id} is refused: ${message}.`,
        ),
      ];
    }
  });

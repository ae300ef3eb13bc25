import { feelFault } from '../feel.ts';
import { problem } from '../problems.ts';
import type { Problem } from '../types.ts';
import { knowsField } from './knowsFact.ts';
import type { Rule } from './subject.ts';

/** The closed list of pieces names each once, and says in FEEL over the application which projects need it. */
export const pieces: Rule = ({ version }) => {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const knows = knowsField(version);
  for (const { code, when } of version.settings.pieces) {
    if (seen.has(code)) {
      problems.push(
        problem(
          'pieces',
          code,
          `La pièce ${code} figure deux fois.`,
          `الوثيقة ${code} مذكورة مرتين.`,
          `Piece ${code} is listed twice.`,
        ),
      );
    }
    seen.add(code);
    const fault = when === null ? null : feelFault(when, 'expression', knows);
    if (fault !== null) {
      problems.push(
        problem(
          'pieces',
          code,
          `La condition de la pièce ${code} est fausse : ${fault}.`,
          `شرط الوثيقة ${code} خاطئ: ${fault}.`,
          `The condition of piece ${code} is wrong: ${fault}.`,
        ),
      );
    }
  }
  return problems;
};

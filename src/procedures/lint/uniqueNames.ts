import { problem } from '../problems.ts';
import type { Problem } from '../types.ts';
import type { Rule } from './subject.ts';

/** No two flow nodes bear the same id, nor the same name in one language: history and worklists tell them apart. */
export const uniqueNames: Rule = ({ diagram }) => {
  const problems: Problem[] = [];
  for (const key of ['id', 'fr', 'ar', 'en'] as const) {
    const seen = new Map<string, string>();
    for (const { id, name } of diagram.nodes) {
      const text = key === 'id' ? id : name[key];
      if (text === '') continue;
      const first = seen.get(text);
      if (first === undefined) seen.set(text, id);
      else
        problems.push(
          problem(
            'uniqueNames',
            id,
            `« ${text} » désigne à la fois ${first} et ${id}.`,
            `«${text}» يدل على ${first} و${id} معا.`,
            `“${text}” names both ${first} and ${id}.`,
          ),
        );
    }
  }
  return problems;
};

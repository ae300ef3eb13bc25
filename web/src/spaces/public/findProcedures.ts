import type { ProcedureSummary } from '../../api/queries.ts';

/** Letters as they are typed in a hurry: without accents, Arabic vowels, or the shapes of hamza. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, '')
    .toLowerCase()
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه');
}

const wordsOf = (text: string): string[] =>
  plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/^ال(?=.{3})/, ''))
    .filter((word) => word.length > 1);

/** Procedures that answer to the words typed, in any of the three languages, the best first; all of them for no words. */
export function findProcedures(procedures: ProcedureSummary[], typed: string): ProcedureSummary[] {
  const wanted = wordsOf(typed);
  if (wanted.length === 0) return procedures;
  const scored = procedures.map((procedure) => {
    const { name, words } = procedure;
    const known = [name, words].flatMap((text) =>
      text === null ? [] : [text.ar, text.fr, text.en ?? ''].flatMap(wordsOf),
    );
    // The beginning of a word is enough: people write plurals, and stop while typing.
    const near = (a: string, b: string) =>
      a === b || (Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a)));
    return { procedure, score: wanted.filter((word) => known.some((one) => near(word, one))).length };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ procedure }) => procedure);
}

import type { Mutant } from './mutants.ts';

/** What became of a mutant: one that nothing comes to has survived as well. */
export type Fate = 'killed' | 'timeout' | 'survived' | 'unreached';

export interface Result {
  readonly mutant: Mutant;
  readonly fate: Fate;
}

/** Of a hundred mutants, how many the tests saw. */
export function scoreOf(results: readonly Result[]): number {
  const seen = results.filter(({ fate }) => fate === 'killed' || fate === 'timeout').length;
  return results.length === 0 ? 100 : (100 * seen) / results.length;
}

/** A table by file, and every mutant that survived with its line. */
export function reportOf(results: readonly Result[]): string {
  const files = [...new Set(results.map(({ mutant }) => mutant.file))].sort();
  const rows = files.map((file) =>
    row(
      file,
      results.filter(({ mutant }) => mutant.file === file),
    ),
  );
  const left = results.filter(({ fate }) => fate === 'survived' || fate === 'unreached');
  return [heading, ...rows, row('all', results), '', ...left.map(lineOf)].join('\n');
}

const FATES = ['killed', 'timeout', 'survived', 'unreached'] as const;
const heading = `${'file'.padEnd(44)}${FATES.map((fate) => fate.padStart(11)).join('')}${'score'.padStart(9)}`;

function row(name: string, results: readonly Result[]): string {
  const counts = FATES.map((fate) => String(results.filter((one) => one.fate === fate).length).padStart(11));
  return `${name.padEnd(44)}${counts.join('')}${`${scoreOf(results).toFixed(1)} %`.padStart(9)}`;
}

/** What was changed where, and what became of it. */
export function lineOf({ mutant, fate }: Result): string {
  const short = (text: string) => {
    const line = text.replace(/\s+/g, ' ');
    return line.length > 70 ? `${line.slice(0, 70)}…` : line;
  };
  return `${fate} ${mutant.file}:${mutant.line} ${mutant.kind}: ${short(mutant.original)} → ${short(mutant.by)}`;
}

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const ROOT = join(PACKAGE, '..', '..');

/** The page that lists the cases of the suite by clause. */
export const PAGE = join(PACKAGE, 'docs', 'conformance-cases.md');

export const SOURCE = join(PACKAGE, 'src');

/** A test as mocha knows it. */
export interface Case {
  readonly title: string;
  readonly fullTitle: string;
  readonly file: string;
}

/** Every test of this package, found without running any. */
export function findCases(): Case[] {
  const mocha = join(
    dirname(createRequire(import.meta.url).resolve('mocha/package.json')),
    'bin',
    'mocha.js',
  );
  const { DIAGRAMS, GRAPHS, UNDOABLES, ...env } = process.env;
  const args = [mocha, '--dry-run', '--reporter', 'json', 'packages/bpmn-core/test/**/*.test.ts'];
  const run = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8', maxBuffer: 64_000_000 });
  if (run.status !== 0) throw new Error(`the tests cannot be listed: ${run.stderr}`);
  return (JSON.parse(run.stdout) as { tests: Case[] }).tests;
}

/** The clauses of BPMN 2.0.2 that a title names, as `clause 10.7` or `BPMN 2.0.2, 10.6.3 and 13.4.3`. */
export function clausesOf(title: string): string[] {
  const named = title.matchAll(
    /(DMN [\d.]+ )?(?:clauses?|BPMN 2\.0\.2,) (\d[\d.]*(?:(?:, | and )\d[\d.]*)*)/g,
  );
  const clauses = [...named].flatMap(([, isOther, text]) => (isOther ? [] : (text ?? '').split(/, | and /)));
  return [...new Set(clauses)];
}

/** Writes the page: by clause, in the order of the standard, the titles of its cases under those of their groups. */
export function pageOf(cases: readonly Case[]): string {
  const byClause = new Map<string, Case[]>();
  for (const one of cases) {
    for (const clause of clausesOf(one.fullTitle))
      byClause.set(clause, [...(byClause.get(clause) ?? []), one]);
  }
  const clauses = [...byClause.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const count = cases.filter(({ fullTitle }) => clausesOf(fullTitle).length > 0).length;
  const parts = clauses.map((clause) => sectionOf(clause, byClause.get(clause) ?? []));
  return `# Conformance cases

${count} cases of the suite show what a clause of BPMN 2.0.2 means here; one that stands on two clauses is listed under both. Written by
\`npm run conformance-cases\` from the titles of the tests: do not edit. Refusals, the mapping of expressions and dates, and
migration have their own cases beside these, and the [workflow patterns](workflow-patterns.md) theirs.

${parts.join('\n')}`;
}

function sectionOf(clause: string, cases: readonly Case[]): string {
  const groups = new Map<string, string[]>();
  for (const { title, fullTitle, file } of cases) {
    const group = fullTitle.slice(0, fullTitle.length - title.length).trim();
    const heading = `**${group}** · \`${relative(PACKAGE, file)}\``;
    groups.set(heading, [...(groups.get(heading) ?? []), `- ${title}`]);
  }
  const lists = [...groups].map(([heading, titles]) => `${heading}\n\n${titles.join('\n')}\n`);
  return `## ${clause} (${cases.length})\n\n${lists.join('\n')}`;
}

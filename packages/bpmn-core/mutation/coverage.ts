import ts from 'typescript';
import { bundle, read } from './bundle.ts';
import { isFunction, type Mutant, parse } from './mutants.ts';
import type { Runs } from './runs.ts';

/** What a file of tests comes to, and how long it takes. */
export interface Reach {
  readonly file: string;
  /** Milliseconds by the full title of a test. */
  readonly took: ReadonlyMap<string, number>;
  /** Of all its tests, in milliseconds. */
  readonly sum: number;
  readonly functions: ReadonlySet<string>;
}

/** Runs every test file once, on marked sources. @throws Error if one fails, since then it would kill every mutant */
export async function findReach(
  runs: Runs,
  sources: readonly string[],
  files: readonly string[],
): Promise<Reach[]> {
  const all = new Map(sources.map((file) => [file, marked(file, read(file))]));
  const found: Reach[] = [];
  for (const file of files) {
    const { end, took, reached } = await runs.run(await bundle('marked', [file], all), null);
    if (end !== 'passed') throw new Error(`${file} fails without any mutant`);
    const sum = [...took.values()].reduce((before, one) => before + one, 0);
    found.push({ file, took, sum, functions: reached });
  }
  return found;
}

/** The files whose tests can see a mutant. */
export const testsFor = (reach: readonly Reach[], { file, within }: Mutant): Reach[] =>
  reach.filter(({ functions }) => within === null || functions.has(`${file}:${within}`));

/** A source in which every function says that it was come to. */
export function marked(file: string, text: string): string {
  const source = parse(file, text);
  const inserts: [at: number, text: string][] = [];
  const visit = (node: ts.Node): void => {
    if (isFunction(node) && node.body) {
      const mark = `globalThis.__reached?.add(${JSON.stringify(`${file}:${node.getStart(source)}`)})`;
      if (ts.isBlock(node.body)) inserts.push([node.body.getStart(source) + 1, `${mark};`]);
      else inserts.push([node.body.getStart(source), `(${mark}, `], [node.body.getEnd(), ')']);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  inserts.sort(([a], [b]) => b - a);
  return inserts.reduce((before, [at, insert]) => before.slice(0, at) + insert + before.slice(at), text);
}

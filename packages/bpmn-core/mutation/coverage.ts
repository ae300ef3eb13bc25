import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { isFunction, type Mutant, parse } from './mutants.ts';
import type { Sandbox } from './sandbox.ts';

/** A test file, and how long it takes in milliseconds. */
export interface Timed {
  readonly test: string;
  readonly took: number;
}

/** With the functions it comes to. */
interface Reach extends Timed {
  readonly functions: ReadonlySet<string>;
}

/** Runs every test file once, on marked sources. @throws Error if one fails, since then it would kill every mutant */
export async function findReach(
  sandbox: Sandbox,
  sources: readonly string[],
  tests: readonly string[],
): Promise<Reach[]> {
  const originals = sources.map((file) => [file, sandbox.read(file)] as const);
  for (const [file, text] of originals) sandbox.write(file, marked(file, text));
  const found: Reach[] = [];
  for (const test of tests) {
    const REACHED = join(sandbox.root, 'reached.json');
    const began = performance.now();
    const outcome = await sandbox.run([test], 300_000, { REACHED }, [
      '--file',
      'packages/bpmn-core/mutation/reached.ts',
    ]);
    if (outcome !== 'passed') throw new Error(`${test} fails without any mutant`);
    const functions = new Set(JSON.parse(readFileSync(REACHED, 'utf8')) as string[]);
    found.push({ test, took: performance.now() - began, functions });
  }
  for (const [file, text] of originals) sandbox.write(file, text);
  return found.sort((a, b) => a.took - b.took);
}

/** The test files that can see a mutant, those that take least first. */
export const testsFor = (reach: readonly Reach[], { file, within }: Mutant): Timed[] =>
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

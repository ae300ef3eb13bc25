import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { seeded } from '../test/support/generate.ts';
import { findReach, type Timed, testsFor } from './coverage.ts';
import { apply, type Mutant, mutantsOf } from './mutants.ts';
import { type Fate, lineOf, type Result, reportOf, scoreOf } from './report.ts';
import { type Outcome, Sandbox } from './sandbox.ts';

const { values } = parseArgs({
  options: {
    /** So many mutants, chosen by the seed; all of them without it. */
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    /** Only files whose path has this text in it. */
    file: { type: 'string', default: '' },
    /** The score in per cent under which the run fails. */
    threshold: { type: 'string', default: '0' },
    workers: { type: 'string', default: String(Math.max(1, Math.min(4, availableParallelism()))) },
  },
});

/** Tests of the tests say nothing of a mutant. */
const isTest = (file: string) => !/^test\/(conformance|mutation)\//.test(file);

function choose(all: readonly Mutant[]): Mutant[] {
  if (values.sample === undefined) return [...all];
  const random = seeded(Number(values.seed));
  const left = [...all];
  const chosen: Mutant[] = [];
  while (chosen.length < Number(values.sample) && left.length > 0)
    chosen.push(...left.splice(random(left.length), 1));
  return chosen;
}

const FATES = { passed: 'survived', failed: 'killed', timeout: 'timeout' } as const;

async function run(): Promise<Result[]> {
  const sandboxes = Array.from({ length: Number(values.workers) }, () => new Sandbox());
  try {
    const [first] = sandboxes;
    if (first === undefined) return [];
    const sources = first.files('src', '.ts').filter((file) => !file.endsWith('.d.ts'));
    const mutants = choose(
      sources
        .filter((file) => file.includes(values.file))
        .flatMap((file) => mutantsOf(file, first.read(file))),
    );
    const reach = await findReach(first, sources, first.files('test', '.test.ts').filter(isTest));
    const results: Result[] = [];
    const queue = mutants.values();
    const work = async (sandbox: Sandbox) => {
      for (const mutant of queue) {
        const fate = await fateOf(sandbox, mutant, testsFor(reach, mutant));
        results.push({ mutant, fate });
        if (fate !== 'killed') console.error(lineOf({ mutant, fate }));
        if (results.length % 20 === 0)
          console.error(`${results.length} of ${mutants.length}, ${scoreOf(results).toFixed(1)} %`);
      }
    };
    await Promise.all(sandboxes.map(work));
    return results.sort((a, b) => mutants.indexOf(a.mutant) - mutants.indexOf(b.mutant));
  } finally {
    for (const sandbox of sandboxes) sandbox.remove();
  }
}

/** The quickest tests are asked alone first, so that a mutant that never ends is known before long. */
async function fateOf(sandbox: Sandbox, mutant: Mutant, tests: readonly Timed[]): Promise<Fate> {
  if (tests.length === 0) return 'unreached';
  const text = sandbox.read(mutant.file);
  sandbox.write(mutant.file, apply(text, mutant));
  let outcome: Outcome = 'passed';
  for (const some of [tests.slice(0, 4), tests.slice(4)]) {
    const took = some.reduce((sum, one) => sum + one.took, 0);
    if (some.length > 0 && outcome === 'passed') {
      outcome = await sandbox.run(
        some.map(({ test }) => test),
        15_000 + 4 * took,
      );
    }
  }
  sandbox.write(mutant.file, text);
  return FATES[outcome];
}

const results = await run();
console.log(reportOf(results));
if (scoreOf(results) < Number(values.threshold)) {
  console.error(`the score is under ${values.threshold} %`);
  process.exitCode = 1;
}

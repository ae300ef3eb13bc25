import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { seeded } from '../test/support/generate.ts';
import { bundle, filesOf, read, removeBundles } from './bundle.ts';
import { findReach, type Reach, testsFor } from './coverage.ts';
import { apply, type Mutant, mutantsOf } from './mutants.ts';
import { type Fate, lineOf, type Result, reportOf, scoreOf } from './report.ts';
import { Runs } from './runs.ts';

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
const isTest = (file: string) => !/^test\/(conformance[./]|mutation\/)/.test(file);

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
  const program = await bundle('child', ['mutation/child.ts']);
  const workers = Array.from({ length: Number(values.workers) }, () => new Runs(program));
  try {
    const [first] = workers;
    if (first === undefined) return [];
    const sources = filesOf('src', '.ts').filter((file) => !file.endsWith('.d.ts'));
    const mutants = choose(
      sources.filter((file) => file.includes(values.file)).flatMap((file) => mutantsOf(file, read(file))),
    );
    const reach = await findReach(first, sources, filesOf('test', '.test.ts').filter(isTest));
    const results: Result[] = [];
    const queue = mutants.values();
    const work = async (runs: Runs, worker: number) => {
      for (const mutant of queue) {
        const fate = await fateOf(runs, `mutant-${worker}`, mutant, testsFor(reach, mutant));
        results.push({ mutant, fate });
        if (fate !== 'killed') console.error(lineOf({ mutant, fate }));
        if (results.length % 100 === 0)
          console.error(`${results.length} of ${mutants.length}, ${scoreOf(results).toFixed(1)} %`);
      }
    };
    await Promise.all(workers.map(work));
    return results.sort((a, b) => mutants.indexOf(a.mutant) - mutants.indexOf(b.mutant));
  } finally {
    for (const runs of workers) runs.end();
    removeBundles();
  }
}

/** By source, the files of tests that have seen a mutant of it, the last one first: they are likely to see the next. */
const seers = new Map<string, string[]>();

async function fateOf(runs: Runs, name: string, mutant: Mutant, reach: readonly Reach[]): Promise<Fate> {
  if (reach.length === 0) return 'unreached';
  const seen = seers.get(mutant.file) ?? [];
  const rank = ({ file }: Reach) => (seen.includes(file) ? seen.indexOf(file) : seen.length);
  const files = [...reach].sort((a, b) => rank(a) - rank(b) || a.sum - b.sum);
  const other = new Map([[mutant.file, apply(read(mutant.file), mutant)]]);
  const names = files.map(({ file }) => file);
  const usual = new Map(files.flatMap(({ took }) => [...took]));
  const { end, took } = await runs.run(await bundle(name, names, other), usual);
  const last = [...took.keys()].at(-1);
  const seer = files.find((one) => last !== undefined && one.took.has(last));
  if (end === 'failed' && seer)
    seers.set(mutant.file, [seer.file, ...seen.filter((file) => file !== seer.file)]);
  return FATES[end];
}

const results = await run();
console.log(reportOf(results));
if (scoreOf(results) < Number(values.threshold)) {
  console.error(`the score is under ${values.threshold} %`);
  process.exitCode = 1;
}

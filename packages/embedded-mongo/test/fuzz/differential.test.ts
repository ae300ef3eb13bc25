import { mongo } from 'mongoose';
import { findMongod, type Mongod, startMongod } from '../support/mongod.ts';
import { useStore } from '../support/store.ts';
import { document, INDEXES } from './generate/documents.ts';
import { DOCUMENTS, isWrite, type Operation, type Outcome, operation, type Target } from './operations.ts';
import { Oracle } from './oracle/oracle.ts';
import { type Doc, isNumber, text, type Value } from './oracle/values.ts';
import { Random } from './random.ts';
import { comparable } from './sameness.ts';
import { ServerTarget } from './serverTarget.ts';

const OPERATIONS = Number(process.env.OPERATIONS ?? 2_000);
const SEED = Number(process.env.SEED ?? 1);
const PER_ROUND = 40;
/** Two arrays in one index, which only a collection with indexes refuses. */
const PARALLEL_ARRAYS = '171';
const TYPED = { promoteValues: false } as const;

/**
 * Random operations asked of the manual, of this server without indexes, of this server with them, and of a real MongoDB
 * where there is one. `npm run fuzz:store` asks 100,000; SEED and OPERATIONS say which and how many.
 */
describe('random operations', () => {
  const store = useStore();
  const program = findMongod();
  let mongod: Mongod | undefined;
  let client: mongo.MongoClient | undefined;

  before(async () => {
    if (program === null) return;
    mongod = await startMongod(program);
    client = await new mongo.MongoClient(mongod.uri).connect();
  });
  after(async () => {
    await client?.close();
    await mongod?.stop();
  });

  const on = program === null ? 'no mongod: MONGOD_BIN and PATH name none' : `and ${program}`;
  it(`are answered alike by the manual, with indexes and without (${on})`, async function () {
    this.timeout(Math.max(60_000, OPERATIONS * 60));
    const database = store.client.db('fuzz');
    const random = new Random(SEED);
    let asked = 0;
    for (let round = 0; asked < OPERATIONS; round++) {
      // What an index has once known of arrays it does not forget: new ones now and then.
      const name = `round${Math.floor(round / 10)}`;
      const plain = new ServerTarget('without indexes', database.collection<Doc>(name, TYPED));
      const indexed = database.collection<Doc>(`${name}i`, TYPED);
      if (round % 10 === 0) await indexed.createIndexes(INDEXES.map((key) => ({ key })));
      const withIndexes = new ServerTarget('with indexes', indexed);
      const targets: Target[] = [new Oracle(), plain, withIndexes];
      if (client !== undefined)
        targets.push(new ServerTarget('mongod', client.db('fuzz').collection<Doc>(name, TYPED)));
      const documents = Array.from({ length: DOCUMENTS }, (_, id) => document(random, id));
      for (const target of targets) await target.fill(documents);
      for (let i = 0; i < PER_ROUND && asked < OPERATIONS; i++) {
        asked += 1;
        const one = operation(random);
        const outcomes = await Promise.all(targets.map((target) => target.run(one)));
        if (outcomes.some((outcome) => 'refused' in outcome && outcome.refused === PARALLEL_ARRAYS)) break;
        await assertAlike(one, targets, outcomes, `SEED=${SEED}, operation ${asked}`);
        if (one.kind === 'find' && i % 8 === 0) await assertIndexed(one.filter, withIndexes);
        // Of many documents some are changed when one refuses, and which ones is open.
        if (one.kind === 'update' && one.isMulti && 'refused' in (outcomes[0] as Outcome)) break;
      }
    }
    console.log(`      ${asked} operations on ${program === null ? 3 : 4} targets`);
  });
});

async function assertAlike(
  one: Operation,
  targets: Target[],
  outcomes: Outcome[],
  where: string,
): Promise<void> {
  const answers = outcomes.map((outcome) =>
    'refused' in outcome ? 'refused' : comparable(one, outcome.value),
  );
  const isPartial = one.kind === 'update' && one.isMulti && answers[0] === 'refused';
  const states =
    isWrite(one) && !isPartial
      ? await Promise.all(targets.map(async (target) => (await target.all()).map(text)))
      : answers.map(() => []);
  for (const [i, target] of targets.entries()) {
    const differing = (states[i] ?? []).filter((row) => !states[0]?.includes(row));
    if (answers[i] === answers[0] && differing.length === 0 && states[i]?.length === states[0]?.length)
      continue;
    const shown = (value: unknown) => mongo.BSON.EJSON.stringify(value, { relaxed: false });
    const expected = (states[0] ?? []).filter((row) => !states[i]?.includes(row));
    const [right, wrong] = firstDifference(outcomes[0] as Outcome, outcomes[i] as Outcome);
    throw new Error(
      `${where}: ${shown(one)}\n${targets[0]?.name}: ${shown(right)} ${expected.join()}\n${target.name}: ${shown(wrong)} ${differing.join()}`,
    );
  }
}

/** Of two lists, the rows at the first place where they differ. */
function firstDifference(right: Outcome, wrong: Outcome): [unknown, unknown] {
  if (!('value' in right && 'value' in wrong)) return [right, wrong];
  const [a, b] = [right.value, wrong.value];
  if (!Array.isArray(a) || !Array.isArray(b)) return [a, b];
  const at = a.findIndex((row, i) => text(row) !== text(b[i]));
  return at < 0 ? [a.length, b.slice(a.length)] : [a.slice(at, at + 2), b.slice(at, at + 2)];
}

/** A value that the first field of an index must equal is looked up by an index. */
async function assertIndexed(filter: Doc, target: ServerTarget): Promise<void> {
  const isScalar = (value: Value) =>
    typeof value === 'string' || isNumber(value) || typeof value === 'boolean';
  const first = new Set(INDEXES.map((key) => Object.keys(key)[0]));
  if (!Object.entries(filter).some(([path, value]) => first.has(path) && isScalar(value))) return;
  const plan = await target.plan(filter);
  if (!plan.includes('IXSCAN') || plan.includes('COLLSCAN'))
    throw new Error(`no index for ${mongo.BSON.EJSON.stringify(filter)}: ${plan}`);
}

import { startEmbeddedMongo } from '@shubbak/embedded-mongo';
import type { Dossier } from '../../src/domain/dossier.ts';
import type { Task } from '../../src/domain/process.ts';
import type { ProcedureVersion } from '../../src/procedures/types.ts';
import { openConnection } from '../../src/store/connect.ts';
import { createIndexes } from '../../src/store/indexes.ts';
import { createMongoStore } from '../../src/store/mongoStore.ts';
import { type TaskRecord, toTaskRecord } from '../../src/store/task.ts';

/** Dossiers that the tasks belong to. */
const DOSSIERS = 2_000;
const BATCH = 5_000;
/** Batches under way, so that the next one is made while the server works. */
const LANES = 3;

export interface Load {
  /** A draft, which the dossiers are copies of. */
  model: Dossier;
  version: ProcedureVersion;
  /** Open tasks to write. */
  count: number;
}

/**
 * Writes open tasks into the store of a server that is stopped, as the product's own records and with its own indexes; these
 * are built when all is there, which takes a third of the time.
 */
export async function loadTasks(directory: string, load: Load): Promise<void> {
  const server = await startEmbeddedMongo({ directory });
  try {
    const connection = await openConnection(`${server.uri}&connectTimeoutMS=0`);
    const store = createMongoStore(connection, Date.now);
    const now = Date.now();
    for (let from = 0; from < DOSSIERS; from += 200) {
      await store.transaction(async (tx) => {
        for (let index = from; index < from + 200; index++)
          await store.dossiers.insert(tx, dossierOf(load, now, index));
      });
    }
    const tasks = connection.collection<TaskRecord>('tasks');
    await tasks.dropIndexes();
    let next = 0;
    const lane = async () => {
      while (next < load.count) {
        const from = next;
        next += BATCH;
        const size = Math.min(BATCH, load.count - from);
        const records = Array.from({ length: size }, (_, offset) =>
          toTaskRecord(taskOf(load, now, from + offset)),
        );
        await tasks.insertMany(records, { ordered: false });
        process.stderr.write(`\r  ${from + size} tasks`);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    process.stderr.write(', now their indexes\n');
    await createIndexes(connection);
    await connection.close();
  } finally {
    await server.stop();
  }
}

const numberOf = (model: Dossier, index: number) =>
  `${model.commune}-PC-2026-${String(index % DOSSIERS).padStart(5, '0')}`;

const dossierOf = ({ model, version }: Load, now: number, index: number): Dossier => ({
  ...model,
  id: `bench-dossier-${index}`,
  number: numberOf(model, index),
  status: 'underStudy',
  definition: version.hash,
  createdAt: now + index,
  version: 1,
});

function taskOf({ model, version, count }: Load, now: number, index: number): Task {
  const definition = version.tasks.CheckCompleteness;
  return {
    id: `bench-task-${String(index).padStart(6, '0')}`,
    instance: `bench-instance-${index}`,
    dossier: `bench-dossier-${index % DOSSIERS}`,
    dossierNumber: numberOf(model, index),
    applicant: model.applicant,
    procedure: model.procedure,
    definition: version.hash,
    flowNode: 'CheckCompleteness',
    token: 't',
    roles: ['registryOfficer'],
    body: null,
    territory: model.commune,
    form: definition?.form ?? null,
    handler: definition?.handler ?? null,
    status: 'open',
    assignee: null,
    claimedAt: null,
    createdAt: now + index,
    dueAt: now + ((index * 7919) % count) * 60_000,
    article: definition?.article ?? null,
    round: 1,
    endedAt: null,
    completedBy: null,
    variables: {},
    version: 1,
  };
}

import type { Connection, mongo } from 'mongoose';
import type { Collection, Filter, Update } from './collection.ts';
import { isDuplicateKey, updatesBefore } from './mongoErrors.ts';
import type { Tx } from './store.ts';
import { Overtaken, openTransaction, writingWithin } from './transaction.ts';
import type { Refusal, Write } from './write.ts';

/** Inserts records; none is fine. */
export function inserting<R extends { _id: string }>(
  collection: Collection<R>,
  records: R[],
  refusal: Refusal | null = null,
): Write {
  const { namespace } = collection;
  return {
    parts() {
      const documents: mongo.Document[] = collection.checked(records);
      return documents.map((document) => ({ name: 'insertOne', namespace, document }));
    },
    async alone(tx) {
      await collection.insert(records, tx);
      return records.length;
    },
    mustFind: null,
    refusal,
  };
}

/** Changes exactly so many records. */
export function updating<R extends { _id: string }>(
  collection: Collection<R>,
  filter: Filter,
  update: Update<R>,
  mustFind: number,
  refusal: Refusal,
): Write {
  const { namespace } = collection;
  return {
    parts: () => [{ name: 'updateMany', namespace, filter, update: collection.changes(update) }],
    alone: (tx) => collection.updateMany(filter, update, tx),
    mustFind,
    refusal,
  };
}

/** Removes records that may be gone already. */
export function removing<R extends { _id: string }>(collection: Collection<R>, ids: string[]): Write {
  const { namespace } = collection;
  const filter: Filter = { _id: { $in: ids } };
  return {
    parts: () => (ids.length === 0 ? [] : [{ name: 'deleteMany', namespace, filter }]),
    async alone(tx) {
      if (ids.length > 0) await collection.removeMany(filter, tx);
      return ids.length;
    },
    mustFind: null,
    refusal: null,
  };
}

/** Runs writes in their order. @throws the refusal of one that could not be done */
export type WriteTogether = (tx: Tx, writes: Write[]) => Promise<void>;

/** Wire version of MongoDB 8.0, the first that takes writes to several collections in one command. */
const FIRST_WITH_BULK_WRITE = 25;

/** Writes in one command where the server can, else in one command for each write. */
export function createWriter(connection: Connection, allowBulk = true): WriteTogether {
  let asked: Promise<boolean> | null = null;
  const canBulk = async () => {
    const hello = await connection.db?.admin().command({ hello: 1 });
    return allowBulk && Number(hello?.maxWireVersion) >= FIRST_WITH_BULK_WRITE;
  };
  return async (tx, writes) => {
    asked ??= canBulk().catch((error: unknown) => {
      // Whoever gets no answer asks again next time.
      asked = null;
      throw error;
    });
    await ((await asked) ? inOneCommand(connection, tx, writes) : oneByOne(tx, writes));
  };
}

async function inOneCommand(connection: Connection, tx: Tx, writes: Write[]): Promise<void> {
  const sent = writes.flatMap((write) => write.parts().map((part) => ({ part, write })));
  const parts = sent.map(({ part }) => part);
  // The result of each write costs as much as the write: asked for only when their sum was not what it must be.
  const { isRepeated } = openTransaction(tx);
  const options = { ...writingWithin(tx), ordered: true, verboseResults: isRepeated };
  try {
    const { updateResults, matchedCount } = await connection.getClient().bulkWrite(parts, options);
    const expected = writes.reduce((sum, { mustFind }) => sum + (mustFind ?? 0), 0);
    if (!isRepeated && matchedCount !== expected)
      throw new Overtaken('a write found another number of records');
    if (isRepeated)
      for (const [i, { write }] of sent.entries()) check(write, updateResults?.get(i)?.matchedCount ?? 0);
  } catch (error) {
    const refused = sent.findIndex((_, i) => isDuplicateKey(error, i));
    if (!isRepeated && refused >= 0) throw new Overtaken('a write found its key taken', { cause: error });
    // A step that comes too late also meets what the earlier one inserted; that it came too late is what matters.
    const found = updatesBefore(error);
    for (const [i, { write }] of sent.slice(0, Math.max(refused, 0)).entries())
      check(write, found.get(i) ?? 0);
    throw refusalOf(sent[refused]?.write, error);
  }
}

async function oneByOne(tx: Tx, writes: Write[]): Promise<void> {
  for (const write of writes) {
    try {
      check(write, await write.alone(tx));
    } catch (error) {
      throw isDuplicateKey(error) ? refusalOf(write, error) : error;
    }
  }
}

function check({ mustFind, refusal }: Write, found: number): void {
  if (mustFind !== null && found !== mustFind && refusal !== null) throw refusal();
}

function refusalOf(write: Write | undefined, cause: unknown): unknown {
  const refusal = write?.refusal ?? null;
  return refusal === null ? cause : refusal(cause);
}

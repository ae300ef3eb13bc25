import type { Connection, Model, mongo } from 'mongoose';

/**
 * Makes every collection and index of the store that is not there yet; safe to run again. All that a collection lacks is
 * asked for at once: a server then reads the records once, not once for each index.
 */
export async function createIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    await model.createCollection();
    const wanted = model.schema
      .indexes()
      .map(([keys, options]) => ({ ...options, key: keys }) as mongo.IndexDescription);
    await dropObsolete(model, wanted);
    if (wanted.length > 0) await model.collection.createIndexes(wanted);
  }
}

/** Indexes of earlier versions that nothing is looked up by any more, and that each step would still have to keep. */
const OBSOLETE: Record<string, readonly string[]> = {
  events: ['territoryPath_1_seq_1', 'subject_1_seq_1', 'type_1_seq_1'],
  tasks: [
    'audience_1_status_1_dueOrder_1__id_1',
    'territoryPath_1_status_1_dueOrder_1__id_1',
    'dossier_1_status_1_dueOrder_1__id_1',
    'instance_1_status_1',
    'instance_1',
  ],
};

/** Drops what is obsolete, and what holds other records under the keys of an index that is wanted. */
async function dropObsolete(model: Model<unknown>, wanted: mongo.IndexDescription[]): Promise<void> {
  const { collection } = model;
  for (const { name, key, partialFilterExpression } of await model.listIndexes()) {
    const same = wanted.find((one) => signature(one.key, false) === signature(key, false));
    const holdsOthers =
      same !== undefined &&
      JSON.stringify(same.partialFilterExpression) !== JSON.stringify(partialFilterExpression);
    if (holdsOthers || OBSOLETE[collection.collectionName]?.includes(name)) await collection.dropIndex(name);
  }
}

/** Names the indexes that the store counts on and the database does not have. */
export async function missingIndexes(connection: Connection): Promise<string[]> {
  const missing = await Promise.all(Object.values(connection.models).map(missingOf));
  return missing.flat();
}

async function missingOf(model: Model<unknown>): Promise<string[]> {
  const existing = await existingKeys(model);
  return model.schema
    .indexes()
    .map(([keys, options]) => signature(keys, options.unique === true))
    .filter((wanted) => !existing.has(wanted))
    .map((wanted) => `${model.collection.collectionName} ${wanted}`);
}

async function existingKeys(model: Model<unknown>): Promise<Set<string>> {
  const collections = await model.db.listCollections();
  if (!collections.some(({ name }) => name === model.collection.collectionName)) return new Set();
  const indexes = await model.listIndexes();
  return new Set(indexes.map(({ key, unique }) => signature(key, unique === true)));
}

function signature(keys: object, isUnique: boolean): string {
  const parts = Object.entries(keys).map(([field, direction]) => `${field}:${direction}`);
  return `(${parts.join(', ')})${isUnique ? ' unique' : ''}`;
}

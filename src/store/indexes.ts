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
    if (wanted.length > 0) await model.collection.createIndexes(wanted);
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

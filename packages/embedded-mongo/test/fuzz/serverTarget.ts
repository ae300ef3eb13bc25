import { mongo } from 'mongoose';
import type { Operation, Outcome, Target } from './operations.ts';
import type { Doc } from './oracle/values.ts';

/** A collection of a server, asked by the official driver, which gives numbers with their types. */
export class ServerTarget implements Target {
  readonly name: string;
  readonly #collection: mongo.Collection<Doc>;

  constructor(name: string, collection: mongo.Collection<Doc>) {
    this.name = name;
    this.#collection = collection;
  }

  async fill(documents: Doc[]): Promise<void> {
    await this.#collection.deleteMany({});
    await this.#collection.insertMany(documents.map((one) => ({ ...one })));
  }

  all(): Promise<Doc[]> {
    return this.#collection.find({}, { sort: { _id: 1 } }).toArray();
  }

  async run(operation: Operation): Promise<Outcome> {
    try {
      return { value: await this.#answer(operation) };
    } catch (error) {
      if (!(error instanceof mongo.MongoServerError)) throw error;
      return { refused: String(error.code) };
    }
  }

  /** The stages of the plan by which a filter is answered. */
  async plan(filter: Doc): Promise<string> {
    const { queryPlanner } = await this.#collection.find(filter).explain('queryPlanner');
    return JSON.stringify(queryPlanner.winningPlan);
  }

  async #answer(operation: Operation): Promise<unknown> {
    const collection = this.#collection;
    switch (operation.kind) {
      case 'find': {
        const { filter, sort, skip, limit, projection } = operation;
        const found = collection.find(filter, { sort: sort as mongo.Sort, skip, limit });
        return (projection === null ? found : found.project(projection)).toArray();
      }
      case 'count':
        return Number(await collection.countDocuments(operation.filter));
      case 'distinct':
        return collection.distinct(operation.field, operation.filter);
      case 'aggregate':
        return collection.aggregate(operation.pipeline).toArray();
      case 'update':
        return this.#update(operation);
      case 'findAndModify': {
        const { filter, update, isNew, projection } = operation;
        const how = {
          returnDocument: isNew ? 'after' : 'before',
          ...(projection === null ? {} : { projection }),
        } as const;
        return isReplacement(update)
          ? collection.findOneAndReplace(filter, update, how)
          : collection.findOneAndUpdate(filter, update, how);
      }
      case 'insert':
        await collection.insertOne({ ...operation.document });
        return null;
      case 'delete': {
        const { filter, isMulti } = operation;
        const deleted = await (isMulti ? collection.deleteMany(filter) : collection.deleteOne(filter));
        return Number(deleted.deletedCount);
      }
    }
  }

  async #update({ filter, update, arrayFilters, isMulti, isUpsert }: Extract<Operation, { kind: 'update' }>) {
    const how = { upsert: isUpsert, ...(arrayFilters.length > 0 ? { arrayFilters } : {}) };
    const result = isMulti
      ? await this.#collection.updateMany(filter, update, how)
      : isReplacement(update)
        ? await this.#collection.replaceOne(filter, update, { upsert: isUpsert })
        : await this.#collection.updateOne(filter, update, how);
    // What is promoted nowhere is not promoted in replies either.
    return [result.matchedCount, result.modifiedCount, result.upsertedCount].map(Number);
  }
}

const isReplacement = (update: Doc) => Object.keys(update)[0]?.startsWith('$') !== true;

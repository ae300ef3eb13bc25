import { mongo } from 'mongoose';
import type { Operation, Outcome, Target } from '../operations.ts';
import { changed, checkUpdate, upserted } from './change.ts';
import { ends, matches } from './match.ts';
import { piped } from './pipeline.ts';
import { projected, sorted } from './shape.ts';
import { clone, type Doc, equal, identical, Refusal, type Value } from './values.ts';

/** What MongoDB's manual says, done in the slowest and plainest way: a list of documents, and every one looked at. */
export class Oracle implements Target {
  readonly name = 'the manual';
  #documents: Doc[] = [];

  async fill(documents: Doc[]): Promise<void> {
    this.#documents = clone(documents);
  }

  async all(): Promise<Doc[]> {
    return sorted(this.#documents, { _id: new mongo.Int32(1) });
  }

  async run(operation: Operation): Promise<Outcome> {
    try {
      return { value: this.#answer(operation) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { refused: error.message };
    }
  }

  #answer(operation: Operation): Value {
    switch (operation.kind) {
      case 'find': {
        const { filter, sort, skip, limit, projection } = operation;
        const found = sorted(this.#matching(filter), sort).slice(
          skip,
          limit === 0 ? undefined : skip + limit,
        );
        return projection === null ? found : found.map((one) => projected(one, projection));
      }
      case 'count':
        return this.#matching(operation.filter).length;
      case 'distinct':
        return this.#distinct(operation.field, operation.filter);
      case 'aggregate':
        return piped(this.#documents, operation.pipeline);
      case 'update':
        return this.#update(operation);
      case 'findAndModify':
        return this.#findAndModify(operation);
      case 'insert':
        this.#insert(operation.document);
        return null;
      case 'delete': {
        const gone = this.#matching(operation.filter).slice(0, operation.isMulti ? undefined : 1);
        this.#documents = this.#documents.filter((one) => !gone.includes(one));
        return gone.length;
      }
    }
  }

  #matching(filter: Doc): Doc[] {
    return this.#documents.filter((one) => matches(one, filter));
  }

  #insert(document: Doc): void {
    if (this.#documents.some(({ _id }) => equal(_id, document._id))) throw new Refusal('a second _id');
    this.#documents.push(clone(document));
  }

  #distinct(field: string, filter: Doc): Value[] {
    const found: Value[] = [];
    for (const document of this.#matching(filter))
      for (const end of ends(document, field.split('.')))
        for (const value of Array.isArray(end) ? end : [end])
          if (value !== undefined && !found.some((one) => equal(one, value))) found.push(value);
    return found;
  }

  #update(operation: Extract<Operation, { kind: 'update' }>): Value {
    const { filter, update, arrayFilters, isMulti, isUpsert } = operation;
    checkUpdate(update);
    const targets = this.#matching(filter).slice(0, isMulti ? undefined : 1);
    if (targets.length === 0 && isUpsert) {
      this.#insert(upserted(filter, update));
      return [0, 0, 1];
    }
    const results = targets.map((one) => changed(one, update, { filter, isInsert: false, arrayFilters }));
    for (const [i, target] of targets.entries())
      this.#documents[this.#documents.indexOf(target)] = results[i] as Doc;
    return [targets.length, targets.filter((one, i) => !identical(one, results[i])).length, 0];
  }

  #findAndModify({
    filter,
    update,
    isNew,
    projection,
  }: Extract<Operation, { kind: 'findAndModify' }>): Value {
    checkUpdate(update);
    const [target] = this.#matching(filter);
    if (target === undefined) return null;
    const after = changed(target, update, { filter, isInsert: false, arrayFilters: [] });
    this.#documents[this.#documents.indexOf(target)] = after;
    const shown = isNew ? after : target;
    return projection === null ? shown : projected(shown, projection);
  }
}

import type { Document } from '../values/value.ts';
import type { Collection } from './catalog.ts';
import type { FoundRecord, View } from './view.ts';

/** A view that can be written to: directly, or in a transaction. */
export interface Workspace extends View {
  /** Gives the collection, making it when it does not exist yet. */
  ensureCollection(ns: string): Collection;
  /** @throws MongoError 11000 when a unique key is taken */
  insert(collection: Collection, document: Document): void;
  /** Returns false when the new document is the same as the old one. */
  replace(collection: Collection, found: FoundRecord, document: Document): boolean;
  remove(collection: Collection, found: FoundRecord): void;
}

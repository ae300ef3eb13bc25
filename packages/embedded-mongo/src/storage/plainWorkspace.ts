import { checkStorable } from '../update/storable.ts';
import { encode, encodeForStorage } from '../values/codec.ts';
import type { Document } from '../values/value.ts';
import type { Collection } from './catalog.ts';
import { duplicateKey, indexKeys, mayChangeKeys } from './collectionIndex.ts';
import { documentLock, keyLock, nameLock } from './locks.ts';
import type { StoreParts } from './storeParts.ts';
import type { FoundRecord } from './view.ts';
import type { Workspace } from './workspace.ts';

const none: ReadonlyMap<number, Document | null> = new Map();

/** Reads the latest commit and writes straight into the commit under way; stops where a transaction has written. */
export class PlainWorkspace implements Workspace {
  readonly #store: StoreParts;

  constructor(store: StoreParts) {
    this.#store = store;
  }

  get reader() {
    return this.#store.reader;
  }

  collection(ns: string): Collection | undefined {
    return this.#store.catalog.get(ns);
  }

  collections(): readonly Collection[] {
    return this.#store.catalog.all();
  }

  indexes(collection: Collection) {
    return collection.indexes;
  }

  changes(): ReadonlyMap<number, Document | null> {
    return none;
  }

  ownRecordAt(): undefined {
    return undefined;
  }

  ensureCollection(ns: string): Collection {
    const { catalog, locks } = this.#store;
    const existing = catalog.get(ns);
    if (existing) return existing;
    locks.pass(nameLock(ns));
    const made = catalog.prepare(ns);
    catalog.add(made);
    return made;
  }

  insert(collection: Collection, document: Document): void {
    checkStorable(document);
    const bytes = encodeForStorage(document);
    this.#checkUnique(collection, undefined, document);
    const record = this.#store.catalog.newRecord(collection);
    this.#store.writer.put(collection, record, undefined, document, bytes);
    this.#store.touch(record);
  }

  replace(collection: Collection, found: FoundRecord, document: Document): boolean {
    checkStorable(document);
    const bytes = encodeForStorage(document);
    if (Buffer.compare(bytes, found.bytes ?? encode(found.document)) === 0) return false;
    this.#store.locks.pass(documentLock(found.r));
    this.#checkUnique(collection, found, document);
    this.#store.writer.put(collection, found.r, found.document, document, bytes);
    this.#store.touch(found.r);
    return true;
  }

  remove(collection: Collection, found: FoundRecord): void {
    this.#store.locks.pass(documentLock(found.r));
    this.#store.writer.delete(collection, found.r, found.document);
    this.#store.touch(found.r);
  }

  #checkUnique(collection: Collection, found: FoundRecord | undefined, document: Document): void {
    for (const index of collection.indexes) {
      if (!index.unique || (found && !mayChangeKeys(index, found.document, document))) continue;
      for (const key of indexKeys(index, document).keys) {
        this.#store.locks.pass(keyLock(index.id, key));
        const holders = this.reader.recordsAt(index.id, key);
        if (holders.some((holder) => holder !== found?.r))
          throw duplicateKey(collection.ns, index, document, key);
      }
    }
  }
}

import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Document } from '../values/value.ts';
import type { Catalog, Collection } from './catalog.ts';
import { checksum } from './checksum.ts';
import { type Index, indexKeys, mayChangeKeys } from './collectionIndex.ts';
import { KeyRows } from './keyRows.ts';
import { type KeyRow, recordsPerCollection } from './reader.ts';

/** Writes documents together with their index entries; whether they may be written has been decided before. */
export class RecordWriter {
  readonly #catalog: Catalog;
  readonly #onFreed: (index: number) => void;
  readonly #putDocument;
  readonly #deleteDocument;
  readonly #keys: KeyRows;
  readonly #clearDocuments;
  readonly #clearIndex;

  /** `onFreed` hears of each unique index that gives up keys. */
  constructor(db: DatabaseSyncInstance, catalog: Catalog, onFreed: (index: number) => void) {
    this.#catalog = catalog;
    this.#onFreed = onFreed;
    this.#putDocument = db.prepare('insert or replace into docs(r, d, s) values(?, ?, ?)');
    this.#deleteDocument = db.prepare('delete from docs where r = ?');
    this.#keys = new KeyRows(db);
    this.#clearDocuments = db.prepare('delete from docs where r >= ? and r < ?');
    this.#clearIndex = db.prepare('delete from ix where i = ?');
  }

  put(
    collection: Collection,
    record: number,
    before: Document | undefined,
    after: Document,
    bytes: Uint8Array,
  ): void {
    this.#putDocument.run(record, bytes, checksum(bytes, record));
    for (const index of collection.indexes)
      if (before === undefined || mayChangeKeys(index, before, after))
        this.#putKeys(collection, index, record, before, after);
    this.#keys.settle();
  }

  /** Writes what `work` puts and deletes with as few statements as may be: until it is done, index entries cannot be read. */
  together(work: () => void): void {
    this.#keys.gather(work);
  }

  delete(collection: Collection, record: number, before: Document): void {
    this.#deleteDocument.run(record);
    for (const index of collection.indexes)
      for (const key of indexKeys(index, before).keys) this.#removeKey(index, key, record);
    this.#keys.settle();
  }

  /** Adds entries to an index that is being built. */
  addKeys(index: Index, entries: readonly KeyRow[]): void {
    for (const { k, r } of entries) this.#keys.add(index.id, k, r);
    this.#keys.settle();
  }

  dropIndex(index: Index): void {
    if (index.unique) this.#onFreed(index.id);
    this.#clearIndex.run(index.id);
  }

  dropDocuments(collection: Collection): void {
    const start = collection.id * recordsPerCollection;
    this.#clearDocuments.run(start, start + recordsPerCollection);
  }

  #putKeys(
    collection: Collection,
    index: Index,
    record: number,
    before: Document | undefined,
    after: Document,
  ): void {
    const { keys, multikey } = indexKeys(index, after);
    const old = before ? indexKeys(index, before).keys : [];
    for (const key of old) if (!keys.some((kept) => kept.equals(key))) this.#removeKey(index, key, record);
    for (const key of keys) if (!old.some((had) => had.equals(key))) this.#keys.add(index.id, key, record);
    this.#noteArrays(collection, index, multikey);
  }

  #removeKey(index: Index, key: Buffer, record: number): void {
    if (index.unique) this.#onFreed(index.id);
    this.#keys.remove(index.id, key, record);
  }

  #noteArrays(collection: Collection, index: Index, multikey: readonly boolean[]): void {
    let changed = false;
    for (const [i, isArray] of multikey.entries())
      if (isArray && !index.multikey[i]) {
        index.multikey[i] = true;
        changed = true;
      }
    if (changed) this.#catalog.save(collection);
  }
}

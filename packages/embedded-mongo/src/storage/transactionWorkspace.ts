import { MongoError, writeConflict } from '../errors.ts';
import { checkStorable } from '../update/storable.ts';
import { encode, encodeForStorage } from '../values/codec.ts';
import type { Document } from '../values/value.ts';
import type { Collection } from './catalog.ts';
import { duplicateKey, type Index, indexKeys, mayChangeKeys } from './collectionIndex.ts';
import { documentLock, keyLock, nameLock } from './locks.ts';
import type { Reader } from './reader.ts';
import type { StoreParts } from './storeParts.ts';
import { type FoundRecord, snapshotUnavailable } from './view.ts';
import type { Workspace } from './workspace.ts';

/**
 * A transaction: reads the snapshot it began with, keeps its writes in memory until it commits, and locks
 * what it writes. Whatever another changed since the snapshot it may not write (first committer wins).
 */
export class TransactionWorkspace implements Workspace {
  readonly reader: Reader;
  readonly closeSnapshot: () => void;
  readonly #store: StoreParts;
  readonly #version: number;
  readonly #created = new Map<string, Collection>();
  readonly #changes = new Map<number, Map<number, Document | null>>();
  /** What is to be stored of each changed document. */
  readonly #bytes = new Map<number, Uint8Array>();
  /** The documents as stored, for those this transaction changed. */
  readonly #originals = new Map<number, Document>();
  /** Unique keys this transaction gave to a record (or, null, freed). */
  readonly #keys = new Map<string, number | null>();

  constructor(store: StoreParts, reader: Reader, version: number, closeSnapshot: () => void) {
    this.#store = store;
    this.reader = reader;
    this.#version = version;
    this.closeSnapshot = closeSnapshot;
  }

  collection(ns: string): Collection | undefined {
    if (this.#store.hasChangedSince(ns, this.#version)) throw snapshotUnavailable(ns);
    return this.#created.get(ns) ?? this.#store.catalog.get(ns);
  }

  collections(): readonly Collection[] {
    return [...this.#store.catalog.all(), ...this.#created.values()];
  }

  indexes(collection: Collection): readonly Index[] {
    return collection.indexes.filter(({ id }) => !this.#store.isIndexedSince(id, this.#version));
  }

  changes(collection: Collection): Map<number, Document | null> {
    return this.#changes.get(collection.id) ?? new Map();
  }

  ownRecordAt(index: Index, key: Buffer): number | null | undefined {
    return this.#keys.get(keyLock(index.id, key));
  }

  ensureCollection(ns: string): Collection {
    const existing = this.collection(ns);
    if (existing) return existing;
    if (!this.#store.locks.take(nameLock(ns), this)) throw writeConflict();
    const made = this.#store.catalog.prepare(ns);
    this.#created.set(ns, made);
    return made;
  }

  /** Adds an index to a collection that this transaction created. */
  addIndex(collection: Collection, index: Index): void {
    if (!this.#created.has(collection.ns))
      throw new MongoError(263, 'Cannot create an index on an existing collection in a transaction');
    if (this.changes(collection).size > 0)
      throw new MongoError(263, 'Cannot create an index on a collection with documents in a transaction');
    collection.indexes = [...collection.indexes, index];
  }

  insert(collection: Collection, document: Document): void {
    checkStorable(document);
    const bytes = encodeForStorage(document);
    const record = this.#store.catalog.newRecord(collection);
    this.#takeKeys(collection, record, undefined, document);
    this.#change(collection, record, document, bytes);
  }

  replace(collection: Collection, found: FoundRecord, document: Document): boolean {
    checkStorable(document);
    const bytes = encodeForStorage(document);
    const stored = found.bytes ?? this.#bytes.get(found.r) ?? encode(found.document);
    if (Buffer.compare(bytes, stored) === 0) return false;
    this.#claim(collection, found);
    this.#takeKeys(collection, found.r, found.document, document);
    this.#change(collection, found.r, document, bytes);
    return true;
  }

  remove(collection: Collection, found: FoundRecord): void {
    this.#claim(collection, found);
    for (const index of collection.indexes)
      if (index.unique)
        for (const key of indexKeys(index, found.document).keys) this.#setKey(index, key, null);
    this.#change(collection, found.r, null, undefined);
  }

  /** Writes everything into the commit under way. */
  apply(): void {
    const { catalog, writer } = this.#store;
    for (const collection of this.#created.values()) catalog.add(collection);
    const byId = new Map(catalog.all().map((collection) => [collection.id, collection]));
    writer.together(() => this.#write(byId));
  }

  #write(byId: ReadonlyMap<number, Collection>): void {
    const { writer } = this.#store;
    for (const [id, changes] of this.#changes) {
      const collection = byId.get(id);
      if (!collection) throw snapshotUnavailable(String(id));
      for (const [record, after] of changes) {
        const before = this.#originals.get(record);
        const bytes = this.#bytes.get(record);
        if (after && bytes) writer.put(collection, record, before, after, bytes);
        else if (before) writer.delete(collection, record, before);
        this.#store.touch(record);
      }
    }
  }

  /** True when there is nothing to write. */
  get isEmpty(): boolean {
    return this.#changes.size === 0 && this.#created.size === 0;
  }

  #change(
    collection: Collection,
    record: number,
    document: Document | null,
    bytes: Uint8Array | undefined,
  ): void {
    let changes = this.#changes.get(collection.id);
    if (!changes) {
      changes = new Map();
      this.#changes.set(collection.id, changes);
    }
    changes.set(record, document);
    if (bytes) this.#bytes.set(record, bytes);
    else this.#bytes.delete(record);
  }

  #lock(key: string): void {
    if (!this.#store.locks.take(key, this)) throw writeConflict();
  }

  /** Locks a document this transaction is about to change, unless someone was faster. */
  #claim(collection: Collection, found: FoundRecord): void {
    this.#lock(documentLock(found.r));
    if (this.#store.hasChangedSince(found.r, this.#version)) throw writeConflict();
    const isOwn = this.changes(collection).has(found.r);
    if (!isOwn) this.#originals.set(found.r, found.document);
  }

  #takeKeys(collection: Collection, record: number, before: Document | undefined, after: Document): void {
    for (const index of collection.indexes) {
      if (!index.unique || (before && !mayChangeKeys(index, before, after))) continue;
      const had = before ? indexKeys(index, before).keys : [];
      const wanted = indexKeys(index, after).keys;
      const gained = wanted.filter((key) => !had.some((old) => old.equals(key)));
      for (const key of gained) this.#checkKey(collection, index, key, record, after);
      for (const key of had) if (!wanted.some((kept) => kept.equals(key))) this.#setKey(index, key, null);
      for (const key of gained) this.#setKey(index, key, record);
    }
  }

  #checkKey(collection: Collection, index: Index, key: Buffer, record: number, document: Document): void {
    const own = this.#keys.get(keyLock(index.id, key));
    if (own !== undefined && own !== null && own !== record)
      throw duplicateKey(collection.ns, index, document, key);
    if (own !== undefined) return;
    this.#lock(keyLock(index.id, key));
    const [now] = this.#store.reader.recordsAt(index.id, key);
    // What nobody has given up since the snapshot was not there then either.
    if (now === undefined && !this.#store.isFreedSince(index.id, this.#version)) return;
    const [then] = this.reader.recordsAt(index.id, key);
    if (now === undefined && then === undefined) return;
    // Taken or freed since the snapshot: the transaction must look again.
    const isSeen = now !== undefined && (then === now || this.#store.isIndexedSince(index.id, this.#version));
    throw isSeen ? duplicateKey(collection.ns, index, document, key) : writeConflict();
  }

  #setKey(index: Index, key: Buffer, record: number | null): void {
    const name = keyLock(index.id, key);
    this.#lock(name);
    this.#keys.set(name, record);
  }
}

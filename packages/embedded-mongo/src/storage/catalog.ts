import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { Int32 } from 'bson';
import { damaged } from '../errors.ts';
import { decode, encode } from '../values/codec.ts';
import type { Document, Value } from '../values/value.ts';
import { checksum } from './checksum.ts';
import { type Index, readIndexSpec } from './collectionIndex.ts';
import type { Reader } from './reader.ts';

/** A collection and its indexes; the first index is always the one on `_id`. */
export interface Collection {
  readonly id: number;
  readonly ns: string;
  indexes: readonly Index[];
}

/** Knows every collection and index, in memory and, in the same commit as the data, on disk. */
export class Catalog {
  readonly #db: DatabaseSyncInstance;
  readonly #reader: Reader;
  readonly #nextRecord = new Map<number, number>();
  #byName = new Map<string, Collection>();
  #nextCollection = 1;
  #nextIndex = 1;
  #isDirty = false;

  constructor(db: DatabaseSyncInstance, reader: Reader) {
    this.#db = db;
    this.#reader = reader;
    this.#load();
  }

  get(ns: string): Collection | undefined {
    return this.#byName.get(ns);
  }

  all(): readonly Collection[] {
    return [...this.#byName.values()];
  }

  /** Makes a collection that nobody sees until it is added. */
  prepare(ns: string): Collection {
    const idIndex = readIndexSpec(
      { v: new Int32(2), key: { _id: new Int32(1) }, name: '_id_', unique: true },
      this.newIndexId(),
    );
    const { unique: _always, ...spec } = idIndex.spec;
    return { id: this.#nextCollection++, ns, indexes: [{ ...idIndex, spec }] };
  }

  add(collection: Collection): void {
    this.#isDirty = true;
    this.#byName.set(collection.ns, collection);
    this.save(collection);
  }

  newIndexId(): number {
    return this.#nextIndex++;
  }

  /** Writes a collection's indexes, after they or their multikey flags changed. */
  save(collection: Collection): void {
    this.#isDirty = true;
    const entries = collection.indexes.map(({ id, spec, unique, multikey }) => ({
      id: new Int32(id),
      spec: unique ? { ...spec, unique } : spec,
      multikey: multikey.map(Boolean),
    }));
    const { id, ns } = collection;
    const indexes = encode({ entries });
    this.#db
      .prepare('insert or replace into collections(c, ns, indexes, s) values(?, ?, ?, ?)')
      .run(id, ns, indexes, checksum(indexes, `${id}${ns}`));
  }

  remove(collection: Collection): void {
    this.#isDirty = true;
    this.#byName.delete(collection.ns);
    this.#db.prepare('delete from collections where c = ?').run(collection.id);
  }

  /** The number of a document about to be inserted; never given twice, even when its insert is undone. */
  newRecord(collection: Collection): number {
    const next = this.#nextRecord.get(collection.id) ?? this.#reader.lastRecord(collection.id) + 1;
    this.#nextRecord.set(collection.id, next + 1);
    return next;
  }

  /** Call after undoing one write of a commit: forgets what that write did to the catalog. */
  undo(): void {
    if (this.#isDirty) this.reload();
  }

  /** Call after a commit has failed: reads what is on disk. */
  reload(): void {
    this.#load();
  }

  /** Call after a commit. */
  settle(): void {
    this.#isDirty = false;
  }

  #load(): void {
    const rows = this.#db.prepare('select c, ns, indexes, s from collections').all();
    const byName = new Map<string, Collection>();
    for (const row of rows as { c: number; ns: string; indexes: Uint8Array; s: number }[]) {
      if (checksum(row.indexes, `${row.c}${row.ns}`) !== row.s) throw damaged(`collection ${row.ns}`);
      const entries = decode(row.indexes).entries as Document[];
      const indexes = entries.map(readEntry);
      byName.set(row.ns, { id: row.c, ns: row.ns, indexes });
      this.#nextCollection = Math.max(this.#nextCollection, row.c + 1);
      this.#nextIndex = Math.max(this.#nextIndex, ...indexes.map(({ id }) => id + 1));
    }
    this.#byName = byName;
    this.#isDirty = false;
  }
}

function readEntry(entry: Document): Index {
  const index = readIndexSpec(entry.spec, (entry.id as Int32).value, entry.multikey as Value[] as boolean[]);
  if (index.name !== '_id_') return index;
  const { unique: _always, ...spec } = index.spec;
  return { ...index, spec };
}

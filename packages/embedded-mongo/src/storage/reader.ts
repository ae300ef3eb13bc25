import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { damaged } from '../errors.ts';
import { checksum } from './checksum.ts';

/** Record numbers are collection × 2³² + sequence, so a collection is one range of the table, in order of insertion. */
export const recordsPerCollection = 2 ** 32;

/** A stored document as bytes. */
export interface StoredRow {
  readonly r: number;
  readonly d: Uint8Array;
}

interface CheckedRow extends StoredRow {
  /** What the bytes' checksum was when they were stored. */
  readonly s: number;
}

/** A flipped bit may well be another valid document: it is never given out. */
function checkedRow(row: CheckedRow): StoredRow {
  if (checksum(row.d, row.r) !== row.s) throw damaged(`document ${row.r}`);
  return row;
}

/** An index entry. */
export interface KeyRow {
  readonly k: Uint8Array;
  readonly r: number;
}

/** Reading grows from few rows to many, as most readers stop early. */
export const firstChunk = 20;
export const largestChunk = 1000;

/** A half-open range of index keys. */
export interface KeyRange {
  readonly from: Buffer;
  readonly to: Buffer;
}

/** Reads documents and index entries through one connection: the latest commit, or the snapshot it holds open. */
export class Reader {
  readonly #byRecord;
  readonly #forward;
  readonly #backward;
  readonly #equal;
  readonly #documents;
  readonly #count;
  readonly #estimate;
  readonly #last;
  readonly #repeated;
  readonly #names;

  constructor(db: DatabaseSyncInstance) {
    this.#byRecord = db.prepare('select r, d, s from docs where r = ?');
    this.#forward = db.prepare(
      'select k, r from ix where i = ? and (k, r) > (?, ?) and k < ? order by k, r limit ?',
    );
    this.#backward = db.prepare(
      'select k, r from ix where i = ? and (k, r) < (?, ?) and k >= ? order by k desc, r desc limit ?',
    );
    this.#equal = db.prepare('select r from ix where i = ? and k = ?');
    this.#documents = db.prepare('select r, d, s from docs where r > ? and r < ? order by r limit ?');
    this.#count = db.prepare('select count(*) n from docs where r >= ? and r < ?');
    this.#estimate = db.prepare(
      'select count(*) n from (select 1 from ix where i = ? and k >= ? and k < ? limit ?)',
    );
    this.#names = db.prepare('select 1 from ix where i = ? and k = ? and r = ?');
    this.#repeated = db.prepare(
      'select k, max(r) r from ix where i = ? group by k having count(*) > 1 limit 1',
    );
    this.#last = db.prepare('select max(r) r from docs where r >= ? and r < ?');
  }

  document(record: number): Uint8Array | undefined {
    const row = this.#byRecord.get(record) as CheckedRow | undefined;
    return row && checkedRow(row).d;
  }

  /** Tells whether an index names a record under a key. */
  hasKey(index: number, key: Uint8Array, record: number): boolean {
    return this.#names.get(index, key, record) !== undefined;
  }

  /** Records whose key is exactly this one. */
  recordsAt(index: number, key: Uint8Array): number[] {
    return (this.#equal.all(index, key) as { r: number }[]).map(({ r }) => r);
  }

  /** The next index entries of a range after (or, backwards, before) the last one seen. */
  keys(index: number, range: KeyRange, direction: 1 | -1, last: KeyRow | undefined, limit: number): KeyRow[] {
    const rows =
      direction === 1
        ? this.#forward.all(index, last?.k ?? range.from, last?.r ?? -1, range.to, limit)
        : this.#backward.all(index, last?.k ?? range.to, last?.r ?? -1, range.from, limit);
    return rows as unknown as KeyRow[];
  }

  /** The next documents of a collection in order of insertion. */
  documents(collection: number, after: number | undefined, limit: number): StoredRow[] {
    const start = collection * recordsPerCollection;
    const rows = this.#documents.all(after ?? start - 1, start + recordsPerCollection, limit);
    return (rows as unknown as CheckedRow[]).map(checkedRow);
  }

  /** All documents of a collection in order of insertion, read a chunk at a time. */
  *allDocuments(collection: number): Generator<StoredRow> {
    let size = firstChunk;
    let last: number | undefined;
    for (;;) {
      const rows = this.documents(collection, last, size);
      yield* rows;
      if (rows.length < size) return;
      last = rows.at(-1)?.r;
      size = Math.min(size * 4, largestChunk);
    }
  }

  /** A key that several records have in an index, with one of them. */
  repeatedKey(index: number): KeyRow | undefined {
    return this.#repeated.get(index) as KeyRow | undefined;
  }

  count(collection: number): number {
    const start = collection * recordsPerCollection;
    return (this.#count.get(start, start + recordsPerCollection) as { n: number }).n;
  }

  /** How many entries a range has, counted up to `limit`. */
  estimate(index: number, range: KeyRange, limit: number): number {
    return (this.#estimate.get(index, range.from, range.to, limit) as { n: number }).n;
  }

  lastRecord(collection: number): number {
    const start = collection * recordsPerCollection;
    const row = this.#last.get(start, start + recordsPerCollection) as { r: number | null };
    return row.r ?? start;
  }
}

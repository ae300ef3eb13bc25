import { join } from 'node:path';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { Catalog, type Collection } from './catalog.ts';
import { damagedFile, databaseFile, openConnection, openDatabase } from './database.ts';
import { storageFailure } from './failures.ts';
import { Locks } from './locks.ts';
import { PlainWorkspace } from './plainWorkspace.ts';
import { Reader } from './reader.ts';
import { RecordWriter } from './recordWriter.ts';
import type { StoreParts } from './storeParts.ts';
import { TransactionWorkspace } from './transactionWorkspace.ts';

/** All data of one directory: one connection that writes, and one more per open transaction that holds a snapshot. */
export class Store implements StoreParts {
  readonly db: DatabaseSyncInstance;
  readonly reader: Reader;
  readonly catalog: Catalog;
  readonly writer: RecordWriter;
  readonly locks = new Locks<object>();
  readonly plain: PlainWorkspace;
  readonly #directory: string;
  readonly #log: (line: string) => void;
  readonly #idle: Snapshot[] = [];
  readonly #open = new Set<TransactionWorkspace>();
  /** Counts what was written, so that a transaction can tell what changed after its snapshot. */
  #version = 1;
  readonly #changedAt = new Map<number | string, number>();
  readonly #indexedAt = new Map<number, number>();
  readonly #freedAt = new Map<number, number>();

  constructor(directory: string, log: (line: string) => void = () => undefined) {
    this.#directory = directory;
    this.#log = log;
    this.db = openDatabase(directory, log);
    this.reader = new Reader(this.db);
    try {
      this.catalog = new Catalog(this.db, this.reader);
    } catch (error) {
      this.db.close();
      throw damagedFile(join(directory, databaseFile), (error as Error).message);
    }
    this.writer = new RecordWriter(this.db, this.catalog, (index) => this.#noteFreed(index));
    this.plain = new PlainWorkspace(this);
  }

  /** Opens a transaction on the state of the last commit. Must not be called inside a commit. */
  begin(): TransactionWorkspace {
    const snapshot = this.#idle.pop() ?? this.#openSnapshot();
    try {
      snapshot.db.exec('begin');
      snapshot.pin();
    } catch (error) {
      snapshot.db.close();
      throw error;
    }
    const workspace = new TransactionWorkspace(this, snapshot.reader, this.#version, () =>
      this.#close(snapshot),
    );
    this.#open.add(workspace);
    return workspace;
  }

  /** Frees what a transaction held; call it when it has committed or aborted. */
  end(workspace: TransactionWorkspace): void {
    if (!this.#open.delete(workspace)) return;
    workspace.closeSnapshot();
    this.locks.release(workspace);
    if (this.#open.size === 0) {
      this.#changedAt.clear();
      this.#indexedAt.clear();
      this.#freedAt.clear();
    }
  }

  touch(what: number | string): void {
    if (this.#open.size > 0) this.#changedAt.set(what, ++this.#version);
  }

  noteIndex(index: number): void {
    if (this.#open.size > 0) this.#indexedAt.set(index, ++this.#version);
  }

  hasChangedSince(what: number | string, version: number): boolean {
    return (this.#changedAt.get(what) ?? 0) > version;
  }

  isIndexedSince(index: number, version: number): boolean {
    return (this.#indexedAt.get(index) ?? 0) > version;
  }

  isFreedSince(index: number, version: number): boolean {
    return (this.#freedAt.get(index) ?? 0) > version;
  }

  #noteFreed(index: number): void {
    if (this.#open.size > 0) this.#freedAt.set(index, ++this.#version);
  }

  /** Tells whether an open transaction has written to a collection. */
  isBeingWritten(collection: Collection): boolean {
    return [...this.#open].some((workspace) => workspace.changes(collection).size > 0);
  }

  /** Free space inside the file and its whole size, in bytes. */
  space(): { free: number; total: number } {
    const { freelist_count: free } = this.db.prepare('pragma freelist_count').get() as {
      freelist_count: number;
    };
    const { page_count: pages } = this.db.prepare('pragma page_count').get() as { page_count: number };
    return { free: free * pageBytes, total: pages * pageBytes };
  }

  /** Cuts up to so many bytes of free space off the file; call it inside a commit. */
  giveBack(bytes: number): void {
    this.db.exec(`pragma incremental_vacuum(${Math.ceil(bytes / pageBytes)})`);
  }

  /** Lets the file shrink now by what commits have given back, as far as no open transaction still reads the old state. */
  settle(): void {
    this.db.exec('pragma wal_checkpoint(passive)');
  }

  /** Brings the write-ahead log into the main file and closes everything. */
  close(): void {
    for (const workspace of [...this.#open]) this.end(workspace);
    for (const { db } of this.#idle) db.close();
    try {
      this.db.exec('pragma wal_checkpoint(truncate)');
    } catch (error) {
      if (!storageFailure(error)) throw error;
      // Every commit is on the disk all the same, in the log, and the next start reads it there.
      this.#log(`closed without bringing the log into the file: ${(error as Error).message}`);
    }
    this.db.close();
  }

  #openSnapshot(): Snapshot {
    const db = openConnection(this.#directory);
    const any = db.prepare('select r from docs limit 1');
    return { db, reader: new Reader(db), pin: () => any.get() };
  }

  #close(snapshot: Snapshot): void {
    snapshot.db.exec('rollback');
    if (this.#idle.length < mostIdle) this.#idle.push(snapshot);
    else snapshot.db.close();
  }
}

/** SQLite's own, which this store does not change. */
const pageBytes = 4096;

/** How many connections are kept for the transactions to come. */
const mostIdle = 16;

interface Snapshot {
  readonly db: DatabaseSyncInstance;
  readonly reader: Reader;
  /** The first read of a SQLite transaction is what fixes its snapshot. */
  readonly pin: () => void;
}

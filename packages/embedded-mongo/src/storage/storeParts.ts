import type { Catalog } from './catalog.ts';
import type { Locks } from './locks.ts';
import type { Reader } from './reader.ts';
import type { RecordWriter } from './recordWriter.ts';

/** What a workspace needs of the store it belongs to. */
export interface StoreParts {
  /** Reads the latest commit, or the one under way. */
  readonly reader: Reader;
  readonly catalog: Catalog;
  readonly writer: RecordWriter;
  readonly locks: Locks<object>;
  /** Notes that a document changed, or that a collection of this name was dropped. */
  touch(what: number | string): void;
  hasChangedSince(what: number | string, version: number): boolean;
  isIndexedSince(index: number, version: number): boolean;
  /** Whether a key of a unique index may have been given up. */
  isFreedSince(index: number, version: number): boolean;
}

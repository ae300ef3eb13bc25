import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { decode } from '../values/codec.ts';
import { Catalog, type Collection } from './catalog.ts';
import { checksum } from './checksum.ts';
import { indexKeys } from './collectionIndex.ts';
import { faultyPages, formatOf, storeFormat } from './database.ts';
import { Reader, recordsPerCollection } from './reader.ts';

/**
 * Looks at everything in an open file: its pages, every document, and that every index holds the keys of its documents and
 * no others. Takes about as long as reading all of it; returns the first fault, or undefined.
 */
export function checkStore(db: DatabaseSyncInstance): string | undefined {
  try {
    const fault = faultyPages(db);
    if (fault !== undefined) return fault;
    // An older file has no checksums yet.
    if (formatOf(db) < storeFormat) return undefined;
    const collections = new Catalog(db, new Reader(db)).all();
    for (const collection of collections) {
      const found = checkCollection(db, collection);
      if (found !== undefined) return found;
    }
    return checkTotals(db, collections);
  } catch (error) {
    return (error as Error).message;
  }
}

function checkCollection(db: DatabaseSyncInstance, collection: Collection): string | undefined {
  const start = collection.id * recordsPerCollection;
  const hasKey = db.prepare('select 1 from ix where i = ? and k = ? and r = ?');
  const countKeys = db.prepare('select count(*) n from ix where i = ?');
  const keys = new Map(collection.indexes.map(({ id }) => [id, 0]));
  const documents = db.prepare('select r, d, s from docs where r >= ? and r < ?');
  for (const row of documents.iterate(start, start + recordsPerCollection)) {
    const { r, d, s } = row as { r: number; d: Uint8Array; s: number };
    if (checksum(d, r) !== s) return `document ${r} of ${collection.ns}`;
    const document = decode(d);
    for (const index of collection.indexes) {
      for (const key of indexKeys(index, document).keys) {
        if (hasKey.get(index.id, key, r) === undefined)
          return `index ${index.name} of ${collection.ns} lacks document ${r}`;
        keys.set(index.id, (keys.get(index.id) ?? 0) + 1);
      }
    }
  }
  for (const { id, name } of collection.indexes) {
    if (Number(countKeys.get(id)?.n) !== keys.get(id))
      return `index ${name} of ${collection.ns} names documents that are not there`;
  }
  return undefined;
}

/** What belongs to no collection was lost by one. */
function checkTotals(db: DatabaseSyncInstance, collections: readonly Collection[]): string | undefined {
  const reader = new Reader(db);
  const known = collections.reduce((sum, { id }) => sum + reader.count(id), 0);
  const stored = Number(db.prepare('select count(*) n from docs').get()?.n);
  return stored === known ? undefined : `${stored - known} documents belong to no collection`;
}

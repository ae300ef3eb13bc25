import { indexKeys } from '../storage/collectionIndex.ts';
import type { StoredRow } from '../storage/reader.ts';
import type { Store } from '../storage/store.ts';
import { decode } from '../values/codec.ts';

/** Documents looked at in one round: a few milliseconds of work, once a second. */
const perRound = 40;

/**
 * Goes round all documents, some at each call, and tells of those that an index no longer names: a flipped bit in an index key
 * hides a document from a search by that index, which no read can notice. A backup checks the same at once.
 */
export function createPatrol(store: Store, log: (line: string) => void): () => void {
  let at = { collection: 0, after: undefined as number | undefined };

  return () => {
    const collections = store.catalog.all();
    const collection = collections[at.collection % Math.max(1, collections.length)];
    if (collection === undefined) return;
    let rows: StoredRow[] = [];
    try {
      rows = store.reader.documents(collection.id, at.after, perRound);
    } catch (error) {
      log(`while looking round: ${(error as Error).message}`);
    }
    for (const { r, d } of rows) {
      const document = decode(d);
      for (const index of collection.indexes)
        for (const key of indexKeys(index, document).keys)
          if (!store.reader.hasKey(index.id, key, r))
            log(
              `index ${index.name} of ${collection.ns} lacks document ${r}: the disk gave back something else than was stored; restore a backup`,
            );
    }
    const isAtEnd = rows.length < perRound;
    at = isAtEnd
      ? { collection: (at.collection + 1) % collections.length, after: undefined }
      : { collection: at.collection, after: rows.at(-1)?.r };
  };
}

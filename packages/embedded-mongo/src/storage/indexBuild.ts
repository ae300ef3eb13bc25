import { decode } from '../values/codec.ts';
import type { Document } from '../values/value.ts';
import type { Collection } from './catalog.ts';
import { duplicateKey, type Index, indexKeys } from './collectionIndex.ts';
import type { KeyRow } from './reader.ts';
import type { StoreParts } from './storeParts.ts';

/** Bytes of keys that are put in order at a time. */
const runBytes = 48 * 1024 * 1024;
/** What an entry costs in memory besides its key. */
const entryBytes = 200;

/** Texts of one byte a letter compare as their bytes do, three times as fast as buffers. */
interface Entry extends KeyRow {
  readonly order: string;
}

const byKey = (a: Entry, b: Entry) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0);

/**
 * Fills new indexes over the documents there are, in one pass over them. Keys are written in runs, each in its order: a tree
 * takes neighbours one after the other much faster than the same entries as the documents come.
 */
export function fillIndexes(store: StoreParts, collection: Collection, indexes: readonly Index[]): void {
  const runs = indexes.map((): Entry[] => []);
  let bytes = 0;
  const flush = () => {
    for (const [i, index] of indexes.entries()) {
      store.writer.addKeys(index, (runs[i] as Entry[]).sort(byKey));
      runs[i] = [];
    }
    bytes = 0;
  };
  for (const { r, d } of store.reader.allDocuments(collection.id)) {
    const document = decode(d);
    for (const [i, index] of indexes.entries()) {
      const { keys, multikey } = indexKeys(index, document);
      for (const [part, isArray] of multikey.entries()) if (isArray) index.multikey[part] = true;
      for (const k of keys) {
        (runs[i] as Entry[]).push({ k, r, order: k.toString('latin1') });
        bytes += 2 * k.length + entryBytes;
      }
    }
    if (bytes > runBytes) flush();
  }
  flush();
  for (const index of indexes) if (index.unique) refuseDuplicates(store, collection, index);
}

function refuseDuplicates({ reader }: StoreParts, collection: Collection, index: Index): void {
  const found = reader.repeatedKey(index.id);
  if (found === undefined) return;
  const bytes = reader.document(found.r);
  const document: Document = bytes === undefined ? {} : decode(bytes);
  throw duplicateKey(collection.ns, index, document, found.k);
}

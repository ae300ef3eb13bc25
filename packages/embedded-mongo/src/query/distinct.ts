import { encodeKey } from '../values/keyEncoding.ts';
import { lookup } from '../values/paths.ts';
import type { Document, Value } from '../values/value.ts';

/** Collects the different values of a path, the items of arrays one by one; missing fields add nothing. */
export function distinctValues(documents: Iterable<Document>, path: string): Value[] {
  const parts = path.split('.');
  const seen = new Map<string, Value>();
  for (const document of documents)
    for (const { value } of lookup(document, parts))
      for (const item of Array.isArray(value) ? value : [value]) {
        if (item === undefined) continue;
        const key = encodeKey(item).toString('latin1');
        if (!seen.has(key)) seen.set(key, item);
      }
  return [...seen.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

import type { Connection } from 'mongoose';
import { anything, defineCollection, text } from './collection.ts';
import type { SavedFilter, Store } from './store.ts';

/** Keeps the inbox filters that each person has named. */
export function createSavedFilters(connection: Connection): Store['savedFilters'] {
  const filters = defineCollection<{ _id: string; filters: SavedFilter[] }>(
    connection,
    'savedFilters',
    { _id: text, filters: anything },
    [],
  );
  return {
    of: async (account) => (await filters.findOne({ _id: account }))?.filters ?? [],
    async save(account, saved) {
      await filters.upsertOne({ _id: account }, { $set: { filters: saved } });
    },
  };
}

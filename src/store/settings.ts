import type { Connection } from 'mongoose';
import type { JsonObject } from '../domain/json.ts';
import { type Collection, defineCollection, text } from './collection.ts';
import { fromJson, toJson } from './jsonText.ts';
import { isDuplicateKey } from './mongoErrors.ts';
import type { Store } from './store.ts';

interface SettingRecord {
  _id: string;
  value: string;
}

/** Declares where the few facts about this installation are kept. */
export function settingCollection(connection: Connection): Collection<SettingRecord> {
  return defineCollection<SettingRecord>(connection, 'settings', { _id: text, value: text }, []);
}

/** Keeps the few facts about this installation. */
export function createSettings(settings: Collection<SettingRecord>): Store['settings'] {
  const get: Store['settings']['get'] = async (name) => {
    const record = await settings.findOne({ _id: name });
    return record && fromJson<JsonObject>(record.value);
  };

  return {
    get,

    async once(name, value) {
      const stored = await get(name);
      if (stored !== null) return stored;
      try {
        await settings.insert([{ _id: name, value: toJson(value) }]);
        return value;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return (await get(name)) ?? value;
      }
    },

    set: (name, value, tx) => settings.upsertOne({ _id: name }, { $set: { value: toJson(value) } }, tx),
  };
}

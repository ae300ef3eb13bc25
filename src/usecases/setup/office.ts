import type { JsonObject } from '../../domain/json.ts';
import type { Core } from '../dependencies.ts';

/** Name of the setting that says what this office began with. */
const OFFICE = 'office';

/** What this office began with, and how far its beginning has come. */
export interface OfficeRecord {
  kind: 'empty' | 'demonstration';
  state: 'opening' | 'done';
  /** Steps of the demonstration that are done, of how many. */
  done: number;
  of: number;
}

/** Reads what this office began with; null while nobody has said. An office with bodies needs no beginning. */
export async function readOffice(core: Pick<Core, 'store'>): Promise<OfficeRecord | null> {
  const kept = (await core.store.settings.get(OFFICE)) as OfficeRecord | null;
  if (kept !== null) return kept;
  const isInUse = (await core.store.bodies.list()).length > 0;
  return isInUse ? { kind: 'empty', state: 'done', done: 0, of: 0 } : null;
}

/** Says what this office began with, unless it was said before; answers what holds. */
export async function beginOffice(core: Pick<Core, 'store'>, office: OfficeRecord): Promise<OfficeRecord> {
  return (await core.store.settings.once(OFFICE, { ...office })) as unknown as OfficeRecord;
}

/** Keeps how far the beginning has come. */
export function keepOffice(core: Pick<Core, 'store'>, office: OfficeRecord): Promise<void> {
  return core.store.settings.set(OFFICE, { ...office } as JsonObject);
}

import type { Store } from '../store.ts';
import { accountLookups } from './accountLookups.ts';
import { dossierLookups } from './dossierLookups.ts';
import { groupedEvents } from './groupedEvents.ts';
import type { Migration, Records } from './migration.ts';
import { registerEntries } from './registerEntries.ts';
import { taskApplicants } from './taskApplicants.ts';

/** In the order of the versions they lead to: the first to 1. Only ever added to; what has been released stays. */
const MIGRATIONS: readonly Migration[] = [
  dossierLookups,
  accountLookups,
  registerEntries,
  groupedEvents,
  taskApplicants,
];

/** The version of the product's own records that this program writes. */
export const RECORDS_VERSION = MIGRATIONS.length;

const SETTING = 'records';

/** The version of the records in a store; 0 for those of before versions were kept, and for an empty store. */
export async function recordsVersion(settings: Store['settings']): Promise<number> {
  const kept = await settings.get(SETTING);
  if (kept !== null) return Number(kept.version);
  // As it was noted before there was more than one migration.
  return (await settings.get('lookups')) === null ? 0 : 1;
}

/** Refuses records that a newer program wrote. @throws Error with a sentence for the operator */
export async function refuseNewer(settings: Store['settings']): Promise<number> {
  const version = await recordsVersion(settings);
  if (version <= RECORDS_VERSION) return version;
  throw new Error(
    `the store's records are of version ${version}, newer than ${RECORDS_VERSION}, the newest that this program knows: use the version that wrote them`,
  );
}

/**
 * Brings the records up to this program's version, one migration after the other; each is noted when it is done, so that a
 * start that was cut off goes on with the one it was at.
 */
export async function migrateRecords(
  settings: Store['settings'],
  records: Records,
  log: (line: string) => void,
): Promise<void> {
  const from = await refuseNewer(settings);
  const isEmpty = (await records.events.last()).seq === 0;
  for (const [index, { name, run }] of MIGRATIONS.entries()) {
    if (index < from) continue;
    const version = index + 1;
    if (!isEmpty) log(`records are brought to version ${version}: ${name}`);
    await run(records);
    await settings.set(SETTING, { version });
  }
}

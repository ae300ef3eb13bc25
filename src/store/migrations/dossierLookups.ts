import type { Migration } from './migration.ts';

/** Dossiers kept before could not be found by the words and places in them. */
export const dossierLookups: Migration = {
  name: 'dossiers are found by what is in them',
  run: (records) => records.relookupDossiers(),
};

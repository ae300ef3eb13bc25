import type { Migration } from './migration.ts';

/** Accounts kept before could be found by their words only once they had been saved again. */
export const accountLookups: Migration = {
  name: 'accounts are found by their words',
  run: (records) => records.relookupAccounts(),
};

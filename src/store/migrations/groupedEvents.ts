import type { Migration } from './migration.ts';

/** Events were kept one by one; now those that a step tells of one dossier have a record in common. */
export const groupedEvents: Migration = {
  name: 'events are kept step by step',
  run: (records) => records.regroupEvents(),
};

import type { Migration } from './migration.ts';

/** Every page of an inbox asked fifty dossiers who applies; now their tasks tell. */
export const taskApplicants: Migration = {
  name: 'tasks tell who applies',
  run: (records) => records.nameApplicants(),
};

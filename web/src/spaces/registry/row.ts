import type { WorkRow } from './queries.ts';

/** Where a dossier is read; a draft of the counter goes on at the counter. */
export const addressOf = ({ dossier }: WorkRow): string =>
  dossier.status === 'draft' ? `/registry/counter/${dossier.id}` : `/dossiers/${dossier.id}`;

/** What the registry office itself is asked for on a dossier. */
export const taskOf = ({ waiting }: WorkRow) =>
  waiting.find(({ roles }) => roles.includes('registryOfficer'));

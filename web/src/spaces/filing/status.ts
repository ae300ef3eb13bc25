import type { Schema } from '../../api/client.ts';
import type { Tone } from '../../components/StatePill.tsx';

/** How a status looks. */
export const TONES: Record<Schema<'DossierStatus'>, Tone> = {
  draft: 'plain',
  filed: 'good',
  rejectedAtFiling: 'late',
  underStudy: 'good',
  delivered: 'good',
  refused: 'late',
  closedWithoutFollowUp: 'plain',
  stopped: 'late',
};

/** In the order in which a dossier meets them. */
export const STATUSES = Object.keys(TONES) as Schema<'DossierStatus'>[];

/** Where a dossier's own page is: a draft is still being typed. */
export const pageOf = ({ id, status }: { id: string; status: Schema<'DossierStatus'> }): string =>
  status === 'draft' ? `/my/dossiers/${id}/edit` : `/dossiers/${id}`;

import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';

const dossier = page(['dossier', 'documents'], async () => (await import('./DossierPage.tsx')).DossierPage);

/** The dossier for all its parties, what happened to it, finding it, and what one is told. */
export const space: Space = {
  routes: [
    { path: 'dossiers/:id', lazy: dossier, handle: { density: 'byRole' } },
    {
      path: 'search',
      lazy: page(['dossier'], async () => (await import('./SearchPage.tsx')).SearchPage),
      handle: { density: 'byRole' },
    },
    {
      path: 'notifications',
      lazy: page(['dossier'], async () => (await import('./NotificationsPage.tsx')).NotificationsPage),
    },
  ],
};

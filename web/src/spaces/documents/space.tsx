import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';

/** One document of a dossier on a page of its own. */
export const space: Space = {
  routes: [
    {
      path: 'dossiers/:id/documents/:document',
      handle: { density: 'office' },
      lazy: page(['documents', 'viewer'], async () => (await import('./DocumentPage.tsx')).DocumentPage),
    },
  ],
};

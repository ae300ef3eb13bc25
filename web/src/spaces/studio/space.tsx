import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';

/** Where procedures are drawn, checked, compared and published. */
export const space: Space = {
  routes: [
    {
      path: 'studio',
      handle: { density: 'office' },
      lazy: page(['studio'], async () => (await import('./StudioHome.tsx')).StudioHome),
    },
    {
      path: 'studio/drafts/:id',
      handle: { density: 'office' },
      lazy: page(['studio'], async () => (await import('./DraftPage.tsx')).DraftPage),
    },
    {
      path: 'studio/compare',
      handle: { density: 'office' },
      lazy: page(['studio'], async () => (await import('./compare/ComparePage.tsx')).ComparePage),
    },
  ],
  nav: [{ to: '/studio', label: 'studio', for: ['procedureAdministrator'], order: 50 }],
};

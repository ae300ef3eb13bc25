import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';

const NAMESPACES = ['filing', 'forms'];

/** What applicants and architects ask for: their dossiers, a new request, the guided form, the receipt. */
export const space: Space = {
  routes: [
    {
      path: 'my/dossiers',
      lazy: page(['filing'], async () => (await import('./MyDossiers.tsx')).MyDossiers),
    },
    { path: 'my/new', lazy: page(['filing'], async () => (await import('./NewRequest.tsx')).NewRequest) },
    {
      path: 'my/dossiers/:id/edit/:step?',
      lazy: page(NAMESPACES, async () => (await import('./guide/Guide.tsx')).Guide),
    },
    {
      path: 'my/dossiers/:id/receipt',
      lazy: page(['filing'], async () => (await import('./Receipt.tsx')).Receipt),
    },
    {
      path: 'my/dossiers/:id/print',
      lazy: page(['filing', 'forms'], async () => (await import('./PrintApplication.tsx')).PrintApplication),
    },
  ],
  nav: [{ to: '/my/dossiers', label: 'myDossiers', for: ['applicant', 'architect'], order: 10 }],
};

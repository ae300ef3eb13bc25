import { proceduresQuery, queryClient } from '../../api/queries.ts';
import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';

/** What anyone may see: what to ask for, what was licensed, where a dossier is, whether an act is genuine. */
export const space: Space = {
  routes: [
    {
      index: true,
      // Asked for beside the page's code, not after it.
      loader: () => {
        void queryClient.prefetchQuery(proceduresQuery);
        return null;
      },
      lazy: page(['public'], async () => (await import('./Home.tsx')).Home),
    },
    { path: 'needs', lazy: page(['public'], async () => (await import('./Needs.tsx')).Needs) },
    { path: 'register', lazy: page(['public'], async () => (await import('./Register.tsx')).Register) },
    { path: 'follow', lazy: page(['public'], async () => (await import('./Follow.tsx')).Follow) },
    { path: 'check', lazy: page(['public'], async () => (await import('./Check.tsx')).Check) },
  ],
  nav: [
    { to: '/needs', label: 'needs', for: 'public', order: 1 },
    { to: '/register', label: 'register', for: 'public', order: 2 },
    { to: '/follow', label: 'follow', for: 'public', order: 3 },
    { to: '/check', label: 'check', for: 'public', order: 4 },
  ],
};

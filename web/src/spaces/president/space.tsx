import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';

/** What waits for a president’s decision or signature. */
export const space: Space = {
  routes: [
    {
      path: 'signing',
      handle: { density: 'office' },
      lazy: page(
        ['president', 'committee', 'tasks'],
        async () => (await import('./Signing.tsx')).SigningPage,
      ),
    },
  ],
  nav: [{ to: '/signing', label: 'signing', for: ['president'], order: 5 }],
};

import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';

/** Where work waits in a province or a commune, and whom to prompt. */
export const space: Space = {
  routes: [
    {
      path: 'delays',
      handle: { density: 'office' },
      lazy: page(['governor', 'registry'], async () => (await import('./Delays.tsx')).DelaysPage),
    },
  ],
  nav: [{ to: '/delays', label: 'delays', for: ['governor', 'president'], order: 40 }],
};

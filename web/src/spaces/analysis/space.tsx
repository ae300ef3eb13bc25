import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';

/** How long each step takes, for those who may see measures of a territory. */
export const space: Space = {
  nav: [{ to: '/analysis', label: 'analysis', for: ['analyst', 'governor', 'president'], order: 70 }],
  routes: [
    {
      path: 'analysis',
      handle: { density: 'office' },
      lazy: page(['analysis'], async () => (await import('./Analysis.tsx')).Analysis),
    },
    {
      path: 'analysis/steps/:flowNode',
      handle: { density: 'office' },
      lazy: page(['analysis'], async () => (await import('./Occurrences.tsx')).Occurrences),
    },
  ],
};

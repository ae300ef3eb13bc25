import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';

/** How the office does: health, incidents, and the clock of a demonstration. */
export const space: Space = {
  nav: [{ to: '/operation', label: 'operation', for: ['operator'], order: 80 }],
  routes: [
    {
      path: 'operation',
      handle: { density: 'office' },
      lazy: page(['operation'], async () => (await import('./Operation.tsx')).Operation),
    },
    {
      path: 'operation/incidents/:id',
      handle: { density: 'office' },
      lazy: page(['operation'], async () => (await import('./IncidentPage.tsx')).IncidentPage),
    },
    {
      path: 'operation/instances/:id',
      handle: { density: 'office' },
      lazy: page(['operation'], async () => (await import('./InstancePage.tsx')).InstancePage),
    },
  ],
};

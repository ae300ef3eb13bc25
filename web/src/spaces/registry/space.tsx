import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';

const office = { density: 'office' } as const;

/** The registry office: the day's work, the counter, the two registers. */
export const space: Space = {
  routes: [
    {
      path: 'registry',
      handle: office,
      lazy: page(['registry'], async () => (await import('./Registry.tsx')).Registry),
    },
    {
      path: 'registry/counter',
      handle: office,
      lazy: page(['registry'], async () => (await import('./Counter.tsx')).Counter),
    },
    {
      path: 'registry/counter/:id',
      handle: office,
      lazy: page(['registry'], async () => (await import('./CounterFiling.tsx')).CounterFiling),
    },
    {
      path: 'registry/receipts',
      handle: office,
      lazy: page(['registry'], async () => (await import('./Receipts.tsx')).Receipts),
    },
    {
      path: 'registry/registers/:direction',
      handle: office,
      lazy: page(['registry'], async () => (await import('./Registers.tsx')).Registers),
    },
  ],
  nav: [
    { to: '/registry', label: 'registry', for: ['registryOfficer'], order: 20 },
    {
      to: '/registry/registers/incoming',
      label: 'registers',
      // The registry office finds them from its own page.
      for: ['president'],
      order: 22,
    },
  ],
};

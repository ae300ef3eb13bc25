import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';

const office = { density: 'office' } as const;

/** The treasurer: orders that wait for payment, their paper, and what came in. */
export const space: Space = {
  routes: [
    {
      path: 'treasury',
      handle: office,
      lazy: page(['treasury', 'registry'], async () => (await import('./Treasury.tsx')).Treasury),
    },
    {
      path: 'treasury/orders/:id',
      handle: office,
      lazy: page(['treasury'], async () => (await import('./PaymentOrder.tsx')).PaymentOrder),
    },
  ],
  nav: [{ to: '/treasury', label: 'treasury', for: ['treasurer'], order: 30 }],
};

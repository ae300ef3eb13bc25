import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';

const office = { density: 'office' } as const;

/** Accounts, bodies, and who serves which commune. */
export const space: Space = {
  nav: [{ to: '/admin/accounts', label: 'administration', for: ['administrator'], order: 90 }],
  routes: [
    {
      path: 'admin/accounts',
      handle: office,
      lazy: page(['administration'], async () => (await import('./Accounts.tsx')).Accounts),
    },
    {
      path: 'admin/accounts/new',
      handle: office,
      lazy: page(['administration'], async () => (await import('./NewAccount.tsx')).NewAccount),
    },
    {
      path: 'admin/accounts/:id',
      handle: office,
      lazy: page(['administration'], async () => (await import('./AccountPage.tsx')).AccountPage),
    },
    {
      path: 'admin/bodies',
      handle: office,
      lazy: page(['administration'], async () => (await import('./Bodies.tsx')).Bodies),
    },
    {
      path: 'admin/bodies/new',
      handle: office,
      lazy: page(['administration'], async () => (await import('./BodyPage.tsx')).NewBody),
    },
    {
      path: 'admin/bodies/:id',
      handle: office,
      lazy: page(['administration'], async () => (await import('./BodyPage.tsx')).BodyPage),
    },
    {
      path: 'admin/territories',
      handle: office,
      lazy: page(['administration'], async () => (await import('./Coverage.tsx')).Coverage),
    },
  ],
};

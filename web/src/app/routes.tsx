import type { RouteObject } from 'react-router';
import type { Role } from '../api/queries.ts';
import { Failed } from './Failed.tsx';
import { NotFound } from './NotFound.tsx';
import { Shell } from './Shell.tsx';

/** A link of the top bar: shown to those who hold one of the roles, to anyone signed in (`any`) or to nobody in particular (`public`). */
export interface NavEntry {
  to: string;
  /** Key under `nav.` in `common.json`. */
  label: string;
  for: Role[] | 'any' | 'public';
  /** Smaller comes first. */
  order: number;
}

/** What a space gives the window: delete its folder, and it is gone. */
export interface Space {
  routes: RouteObject[];
  nav?: NavEntry[];
}

const spaces = Object.values(
  import.meta.glob<{ space: Space }>('../spaces/*/space.tsx', { eager: true }),
).map(({ space }) => space);

export const nav: NavEntry[] = spaces.flatMap((space) => space.nav ?? []).sort((a, b) => a.order - b.order);

export const routes: RouteObject[] = [
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: Failed,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: Failed,
        children: [...spaces.flatMap((space) => space.routes), { path: '*', Component: NotFound }],
      },
    ],
  },
];

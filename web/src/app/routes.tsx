import type { RouteObject } from 'react-router';
import { Failed } from './Failed.tsx';
import { NotFound } from './NotFound.tsx';
import { Shell } from './Shell.tsx';
import { spaces } from './spaces.ts';

/** Every address of the window, inside its frame. */
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

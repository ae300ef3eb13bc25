import type { RouteObject } from 'react-router';
import type { Role } from '../api/queries.ts';

/** A link of the top bar: shown to those who hold one of the roles, to anyone signed in (`any`) or to everybody (`public`). */
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

/** Every space of the window, found by its file. */
export const spaces: Space[] = Object.values(
  import.meta.glob<{ space: Space }>('../spaces/*/space.tsx', { eager: true }),
).map(({ space }) => space);

/** The links of the top bar, in order. */
export const nav: NavEntry[] = spaces.flatMap((space) => space.nav ?? []).sort((a, b) => a.order - b.order);

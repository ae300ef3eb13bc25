import type { Space } from '../../app/spaces.ts';
import { page } from '../../app/space.ts';

/** Signing in. */
export const space: Space = {
  routes: [{ path: 'sign-in', lazy: page(['entry'], async () => (await import('./SignIn.tsx')).SignIn) }],
};

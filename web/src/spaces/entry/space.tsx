import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';

/** Signing in, signing up, and taking an account into one's hands with a one-time secret. */
export const space: Space = {
  routes: [
    { path: 'sign-in', lazy: page(['entry'], async () => (await import('./SignIn.tsx')).SignIn) },
    { path: 'sign-up', lazy: page(['entry'], async () => (await import('./SignUp.tsx')).SignUp) },
    { path: 'activate', lazy: page(['entry'], async () => (await import('./Activate.tsx')).Activate) },
  ],
};

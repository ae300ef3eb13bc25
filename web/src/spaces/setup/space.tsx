import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';

/** The first start: the holder of the one-time secret says what this office begins with. */
export const space: Space = {
  routes: [
    { path: 'setup', lazy: page(['setup', 'entry'], async () => (await import('./Setup.tsx')).Setup) },
  ],
};

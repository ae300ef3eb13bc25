import { RequireRole } from '../../app/RequireRole.tsx';
import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';

/** The own account: who one is, how one signs in, and who may act in one's place. */
export const space: Space = {
  routes: [
    {
      path: 'account',
      lazy: page(['account', 'entry'], async () => {
        const { Profile } = await import('./Profile.tsx');
        return () => (
          <RequireRole>
            <Profile />
          </RequireRole>
        );
      }),
    },
  ],
};

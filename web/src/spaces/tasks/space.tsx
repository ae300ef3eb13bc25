import type { Role } from '../../api/queries.ts';
import { page } from '../../app/space.ts';
import type { Space } from '../../app/spaces.ts';
import { askAhead } from './queries.ts';

/** Those who have an inbox: everyone in office who is given tasks. */
const OFFICIALS: Role[] = [
  'registryOfficer',
  'committeeMember',
  'committeeSecretary',
  'president',
  'treasurer',
  'governor',
];

/** What waits for a person, and the page of one task. */
export const space: Space = {
  routes: [
    {
      path: 'inbox',
      handle: { density: 'office' },
      loader({ request }) {
        void askAhead(new URL(request.url).searchParams);
        return null;
      },
      lazy: page(['tasks'], async () => (await import('./Inbox.tsx')).InboxPage),
    },
    {
      path: 'tasks/:id',
      handle: { density: 'office' },
      lazy: page(['tasks'], async () => (await import('./TaskPage.tsx')).TaskPage),
    },
  ],
  nav: [{ to: '/inbox', label: 'inbox', for: OFFICIALS, order: 10 }],
};

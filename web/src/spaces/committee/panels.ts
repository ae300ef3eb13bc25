import type { Panels } from '../tasks/panel.ts';

/** What a committee does: each body's opinion, and the minutes that gather them. */
export const panels: Panels = {
  reviewByMember: {
    namespaces: ['committee', 'tasks', 'viewer', 'documents'],
    load: async () => (await import('./ReviewPanel.tsx')).ReviewPanel,
  },
  drawUpMinutes: {
    namespaces: ['committee', 'tasks'],
    load: async () => (await import('./MinutesPanel.tsx')).MinutesPanel,
  },
};

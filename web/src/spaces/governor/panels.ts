import type { Panels } from '../tasks/panel.ts';

/** What the governor does to a dossier. */
export const panels: Panels = {
  promptUrbanAgency: {
    namespaces: ['governor'],
    load: async () => (await import('./PromptPanel.tsx')).PromptPanel,
  },
};

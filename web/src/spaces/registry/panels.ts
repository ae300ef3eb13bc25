import type { Panels } from '../tasks/panel.ts';

/** What the registry office does to a dossier. */
export const panels: Panels = {
  checkCompleteness: {
    namespaces: ['registry'],
    load: async () => (await import('./CompletenessPanel.tsx')).CompletenessPanel,
  },
  checkReserves: {
    namespaces: ['registry'],
    load: async () => (await import('./ReservesPanel.tsx')).ReservesPanel,
  },
};

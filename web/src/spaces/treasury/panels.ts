import type { Panels } from '../tasks/panel.ts';

/** What the treasurer does to a dossier. */
export const panels: Panels = {
  recordPayment: {
    namespaces: ['treasury'],
    load: async () => (await import('./PaymentPanel.tsx')).PaymentPanel,
  },
};

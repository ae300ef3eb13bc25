import type { Panels } from '../tasks/panel.ts';

/** What a president does: decide, and sign the act that the decision has led to. */
export const panels: Panels = {
  decide: {
    namespaces: ['president', 'committee', 'tasks', 'documents', 'viewer'],
    load: async () => (await import('./DecidePanel.tsx')).DecidePanel,
  },
  signDecision: {
    namespaces: ['president', 'committee', 'tasks', 'documents', 'viewer'],
    load: async () => (await import('./SignPanel.tsx')).SignPanel,
  },
};

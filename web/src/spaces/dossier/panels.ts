import type { Panels } from '../tasks/panel.ts';

const namespaces = ['dossier', 'documents'];

/** How the applicant's side answers what is asked of it. */
export const panels: Panels = {
  answerComplement: {
    namespaces,
    load: async () => (await import('./panels/AnswerComplement.tsx')).AnswerComplement,
  },
  submitModifiedProject: {
    namespaces,
    load: async () => (await import('./panels/SubmitModifiedProject.tsx')).SubmitModifiedProject,
  },
  answerReserves: {
    namespaces,
    load: async () => (await import('./panels/AnswerReserves.tsx')).AnswerReserves,
  },
};

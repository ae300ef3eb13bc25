import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../../api/client.ts';

export type ProcedureSummary = Schema<'ProcedureSummary'>;

/** The procedures that are in force, one version each: what this office may be asked for. */
export const proceduresQuery = queryOptions({
  queryKey: ['public', 'procedures'],
  staleTime: 300_000,
  queryFn: async (): Promise<ProcedureSummary[]> => {
    const { items } = await answer(api.GET('/procedures'));
    const today = new Date().toISOString().slice(0, 10);
    const newest = new Map<string, ProcedureSummary>();
    for (const one of items) {
      const known = newest.get(one.id);
      if (one.inForceFrom > today) continue;
      const isNewer =
        known === undefined ||
        one.inForceFrom > known.inForceFrom ||
        (one.inForceFrom === known.inForceFrom && one.publishedAt > known.publishedAt);
      if (isNewer) newest.set(one.id, one);
    }
    return [...newest.values()];
  },
});

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../../api/client.ts';

export type Incident = Schema<'Incident'>;
export type State = Schema<'OperationState'>;
export type Instance = Schema<'Instance'>;

/** How the office does; asked for again while somebody looks. */
export const stateQuery = queryOptions({
  queryKey: ['operation', 'state'],
  refetchInterval: 15_000,
  queryFn: () => answer(api.GET('/operation/state')),
});

export const incidentsQuery = (open: boolean) =>
  infiniteQueryOptions({
    queryKey: ['incidents', open],
    initialPageParam: '',
    refetchInterval: 30_000,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/incidents', {
          params: { query: { open, limit: 50, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: ['incident', id],
    queryFn: () => answer(api.GET('/incidents/{id}', { params: { path: { id } } })),
  });

/** What fires until an instant. */
export const timersQuery = (until: string) =>
  queryOptions({
    queryKey: ['timers', until],
    enabled: until !== '',
    queryFn: () => answer(api.GET('/operation/timers', { params: { query: { until, limit: 10 } } })),
  });

export const instanceQuery = (id: string) =>
  queryOptions({
    queryKey: ['instance', id],
    queryFn: () => answer(api.GET('/operation/instances/{id}', { params: { path: { id } } })),
  });

/** The process of a dossier, by its number or identifier. */
export const instancesQuery = (of: { number?: string; dossier?: string }) =>
  queryOptions({
    queryKey: ['instances', of],
    enabled: (of.number ?? of.dossier ?? '') !== '',
    queryFn: () => answer(api.GET('/operation/instances', { params: { query: of } })),
  });

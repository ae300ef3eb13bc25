import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, answerWithTag, api, type Schema } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { session } from '../../api/session.ts';
import { DUES, dueBefore } from './due.ts';

export type TaskRow = Schema<'TaskRow'>;

/** What an inbox is narrowed to; each lives in the address. */
export interface InboxFilter {
  scope: 'mine' | 'groups' | 'all';
  procedure: string;
  territory: string;
  flowNode: string;
  dueBefore: string;
}

/** What an address asks of an inbox, at a moment. */
export function filterOf(address: URLSearchParams, now: number): InboxFilter {
  const scope = address.get('scope');
  const due = DUES.find((one) => one === address.get('due'));
  return {
    scope: scope === 'mine' || scope === 'groups' ? scope : 'all',
    procedure: address.get('procedure') ?? '',
    territory: address.get('commune') ?? '',
    flowNode: address.get('step') ?? '',
    dueBefore: due === undefined ? '' : dueBefore(due, now),
  };
}

/** Asks for the inbox of an address while its page is on the way. */
export async function askAhead(address: URLSearchParams): Promise<void> {
  // What is due by when depends on the office's clock, which is on the way too.
  if (address.has('due') || (await session.resume()) !== 'signedIn') return;
  await queryClient.prefetchInfiniteQuery(inboxQuery(filterOf(address, 0)));
}

/** An inbox, page by page, the most urgent first. */
export const inboxQuery = (filter: InboxFilter) =>
  infiniteQueryOptions({
    queryKey: ['tasks', 'inbox', filter],
    initialPageParam: '',
    refetchInterval: 30_000,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/tasks', {
          params: {
            query: {
              scope: filter.scope,
              status: 'open',
              sort: 'dueAt',
              limit: 50,
              ...(filter.procedure === '' ? {} : { procedure: filter.procedure }),
              ...(filter.territory === '' ? {} : { territory: filter.territory }),
              ...(filter.flowNode === '' ? {} : { flowNode: filter.flowNode }),
              ...(filter.dueBefore === '' ? {} : { dueBefore: filter.dueBefore }),
              ...(pageParam === '' ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    getNextPageParam: (last) => last.next,
  });

/** One task with its form, and the version to send back. */
export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', 'one', id],
    queryFn: async () =>
      answerWithTag<Schema<'TaskDetail'>>(api.GET('/tasks/{id}', { params: { path: { id } } })),
  });

/** The dossier a task belongs to. */
export const dossierQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'detail'],
    queryFn: () => answer(api.GET('/dossiers/{id}', { params: { path: { id } } })),
  });

/** The pieces of a dossier, each in its current version. */
export const documentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'documents', 'current'],
    queryFn: async () =>
      (await answer(api.GET('/dossiers/{id}/documents', { params: { path: { id } } }))).items,
  });

/** The signed opinions of a dossier, as far as this person may see them. */
export const opinionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'opinions'],
    queryFn: async () =>
      (await answer(api.GET('/dossiers/{id}/opinions', { params: { path: { id } } }))).items,
  });

/** The procedure a dossier runs on, in its very version. */
export const procedureQuery = (id: string, version: string | null = null) =>
  queryOptions({
    queryKey: ['procedure', id, version],
    staleTime: version === null ? 60_000 : Number.POSITIVE_INFINITY,
    queryFn: () =>
      answer(
        api.GET('/procedures/{id}', {
          params: { path: { id }, query: version === null ? {} : { version } },
        }),
      ),
  });

/** The inbox filters that the person has named. */
export const savedFiltersQuery = queryOptions({
  queryKey: ['me', 'filters'],
  staleTime: 60_000,
  queryFn: async () => (await answer(api.GET('/me/filters'))).items,
});

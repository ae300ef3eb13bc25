import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../../api/client.ts';

export type SigningRow = Schema<'SigningPage'>['items'][number];

/** What waits for the president, the most urgent first. */
export const signingQuery = infiniteQueryOptions({
  queryKey: ['tasks', 'signing'],
  initialPageParam: '',
  refetchInterval: 60_000,
  queryFn: ({ pageParam }) =>
    answer(
      api.GET('/signing-queue', {
        params: { query: { limit: 50, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
      }),
    ),
  getNextPageParam: (last) => last.next,
});

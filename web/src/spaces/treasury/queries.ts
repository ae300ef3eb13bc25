import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../../api/client.ts';

export type Payment = Schema<'PaymentPage'>['items'][number];
export type Tax = NonNullable<Schema<'Dossier'>['tax']>;

/** A period in local days, both included. */
export interface Period {
  from: string;
  to: string;
}

/** Payments recorded in a period, page after page, with the totals of the whole period. */
export const paymentsQuery = (period: Period, territory: string, limit = 50) =>
  infiniteQueryOptions({
    queryKey: ['payments', period, territory, limit],
    queryFn: ({ pageParam, signal }) => paymentsPage(period, territory, pageParam, limit, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

/** One page of payments. */
export function paymentsPage(
  { from, to }: Period,
  territory: string,
  cursor: string,
  limit: number,
  signal?: AbortSignal,
) {
  return answer(
    api.GET('/payments', {
      params: {
        query: {
          from: instantOf(from, 0),
          to: instantOf(to, 1),
          limit,
          ...(territory === '' ? {} : { territory }),
          ...(cursor === '' ? {} : { cursor }),
        },
      },
      ...(signal === undefined ? {} : { signal }),
    }),
  );
}

/** Morocco is an hour ahead of UTC all year but in Ramadan; a day begins then. */
function instantOf(day: string, later: number): string {
  const at = new Date(`${day}T00:00:00+01:00`);
  at.setUTCDate(at.getUTCDate() + later);
  return at.toISOString();
}

/** A source and the doubt that the procedure's table states about it: "article – INF : …". */
export function sourceAndDoubt(source: string): { source: string; doubt: string | null } {
  const at = source.search(/ – (?:CHECK|INF|CONFLICT)\b/);
  return at < 0 ? { source, doubt: null } : { source: source.slice(0, at), doubt: source.slice(at + 3) };
}

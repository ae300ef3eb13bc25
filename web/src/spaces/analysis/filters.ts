import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type Account, useMe } from '../../api/queries.ts';
import { endOfLocalDay, startOfLocalDay } from './localDay.ts';

export const DIMENSIONS = ['procedure', 'version', 'province', 'commune', 'body', 'month'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export type Clock = 'elapsed' | 'working';

/** What is measured and how it is compared, as the address says it. */
export interface Filters {
  territory: string;
  procedure: string;
  version: string;
  body: string;
  /** Local dates `YYYY-MM-DD`, both included. */
  from: string;
  to: string;
  clock: Clock;
  by: Dimension[];
}

/** The territories over which somebody may see measures; `*` is all. */
export function measuredTerritories(me: Account | null): string[] {
  const held = (me?.grants ?? [])
    .filter(({ role }) => role === 'analyst' || role === 'governor' || role === 'president')
    .map(({ territory }) => territory);
  return [...new Set(held)];
}

/** Reads the filters from the address and writes them there; without a territory, the first one that may be seen. */
export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [params, setParams] = useSearchParams();
  const me = useMe();
  const held = measuredTerritories(me);
  const usual = held.includes('*') ? '' : (held[0] ?? '');
  const query = params.toString();
  const filters = useMemo((): Filters => {
    const read = new URLSearchParams(query);
    const by = (read.get('by') ?? '').split(',');
    return {
      territory: read.get('territory') ?? usual,
      procedure: read.get('procedure') ?? '',
      version: read.get('version') ?? '',
      body: read.get('body') ?? '',
      from: dayOf(read.get('from')),
      to: dayOf(read.get('to')),
      clock: read.get('clock') === 'working' ? 'working' : 'elapsed',
      by: DIMENSIONS.filter((one) => by.includes(one)),
    };
  }, [query, usual]);
  const set = useCallback(
    (change: Partial<Filters>) =>
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          for (const [name, value] of Object.entries(change)) {
            const text = Array.isArray(value) ? value.join(',') : String(value);
            if (text === '' || (name === 'clock' && text === 'elapsed')) next.delete(name);
            else next.set(name, text);
          }
          // A version belongs to a procedure.
          if ('procedure' in change && !('version' in change)) next.delete('version');
          return next;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setParams],
  );
  return [filters, set];
}

const dayOf = (text: string | null): string => (text !== null && /^\d{4}-\d\d-\d\d$/.test(text) ? text : '');

/** The filters as the API asks for them. */
export function asked({ territory, procedure, version, body, from, to }: Filters) {
  return {
    ...(territory === '' ? {} : { territory }),
    ...(procedure === '' ? {} : { procedure }),
    ...(version === '' ? {} : { version }),
    ...(body === '' ? {} : { body }),
    ...(from === '' ? {} : { from: startOfLocalDay(from) }),
    ...(to === '' ? {} : { to: endOfLocalDay(to) }),
  };
}

/** The address of the occurrences behind one row: its own values narrow the filters. */
export function occurrencesAddress(
  filters: Filters,
  row: { flowNode: string } & { [D in Dimension]?: string | null | undefined },
  state: 'finished' | 'open' = 'finished',
): string {
  const params = new URLSearchParams();
  const put = (name: string, value: string | null | undefined) => {
    if (value !== null && value !== undefined && value !== '') params.set(name, value);
  };
  put('territory', row.commune ?? row.province ?? filters.territory);
  put('procedure', row.procedure ?? filters.procedure);
  put('version', row.version ?? filters.version);
  put('body', row.body ?? filters.body);
  const first = row.month === undefined || row.month === null ? '' : `${row.month}-01`;
  const last = first === '' ? '' : lastDayOf(first);
  put('from', [filters.from, first].sort().at(-1));
  put('to', last === '' || (filters.to !== '' && filters.to < last) ? filters.to : last);
  if (filters.clock === 'working') params.set('clock', 'working');
  if (state === 'open') params.set('state', 'open');
  return `/analysis/steps/${encodeURIComponent(row.flowNode)}?${params}`;
}

function lastDayOf(first: string): string {
  const [year = 0, month = 1] = first.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

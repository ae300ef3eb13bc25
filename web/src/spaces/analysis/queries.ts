import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, rawFetch, type Schema } from '../../api/client.ts';
import { refusalOf } from '../../api/problem.ts';
import { bodiesQuery, territoriesQuery } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import { asked, type Dimension, type Filters } from './filters.ts';

export type Measure = Schema<'StepMeasurePage'>['items'][number];

/** Every row tells its procedure: two procedures may name a step alike. */
const dimensionsOf = (filters: Filters): Dimension[] => [...new Set<Dimension>(['procedure', ...filters.by])];

export const measuresQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['measures', asked(filters), dimensionsOf(filters)],
    staleTime: 30_000,
    queryFn: async ({ signal }): Promise<Measure[]> => {
      const query = { ...asked(filters), by: dimensionsOf(filters) };
      // The contract has a table for spreadsheets at the same address.
      const page = await answer(api.GET('/analytics/steps', { params: { query }, signal }));
      return (page as Schema<'StepMeasurePage'>).items;
    },
  });

export const proceduresQuery = queryOptions({
  queryKey: ['procedures'],
  staleTime: 60_000,
  queryFn: async () => (await answer(api.GET('/procedures'))).items,
});

export const procedureQuery = (id: string, version?: string) =>
  queryOptions({
    queryKey: ['procedure', id, version ?? ''],
    staleTime: 300_000,
    enabled: id !== '',
    queryFn: async () =>
      answer(
        api.GET('/procedures/{id}', {
          params: { path: { id }, query: version === undefined || version === '' ? {} : { version } },
        }),
      ),
  });

/** Names in the reader's language of what rows are told apart by. */
export interface Names {
  step(procedure: string | undefined, flowNode: string): string;
  value(dimension: Dimension, value: string | null): string;
}

/** Reads the names of steps, procedures, territories and bodies; codes stand in until they are there. */
export function useNames(measured: readonly { procedure?: string | undefined }[] | undefined): Names {
  const { t, i18n } = useTranslation('analysis');
  const { data: procedures } = useQuery(proceduresQuery);
  const { data: territories } = useQuery(territoriesQuery);
  const { data: bodies } = useQuery(bodiesQuery);
  const ids = [...new Set((measured ?? []).map(({ procedure }) => procedure ?? ''))].filter(Boolean).sort();
  const { data: steps } = useQuery({
    queryKey: ['stepNames', ids, procedures?.length ?? 0],
    staleTime: 300_000,
    enabled: procedures !== undefined,
    queryFn: async () => {
      const found = await Promise.all(
        ids.map(async (id) => {
          const version = procedures?.find((one) => one.id === id)?.version;
          if (version === undefined) return [];
          const path = { params: { path: { id }, query: { version } } };
          const { flowNodes } = await answer(api.GET('/procedures/{id}', path));
          return flowNodes.map(({ flowNode, name }) => [`${id} ${flowNode}`, name] as const);
        }),
      );
      return new Map(found.flat());
    },
  });
  return useMemo(() => {
    const places = new Map(territories?.map(({ code, name }) => [code, name]));
    const versions = new Map(procedures?.map((one) => [one.version, one]));
    const sits = new Map(bodies?.map(({ id, name }) => [id, name]));
    const named = new Map(procedures?.map(({ id, name }) => [id, name]));
    const text = (name: { ar: string; fr: string; en?: string } | undefined, code: string) =>
      name === undefined ? code : localText(name);
    return {
      step: (procedure, flowNode) => text(steps?.get(`${procedure} ${flowNode}`), flowNode),
      value(dimension, value) {
        if (value === null) return dimension === 'body' ? t('noBody') : '—';
        if (dimension === 'procedure') return text(named.get(value), value);
        if (dimension === 'body') return text(sits.get(value), value);
        if (dimension === 'month') return monthName(value, i18n.language);
        if (dimension === 'version') {
          const version = versions.get(value);
          return version === undefined
            ? value.slice(0, 8)
            : t('versionName', { date: version.inForceFrom, hash: value.slice(0, 6) });
        }
        return text(places.get(value), value);
      },
    };
  }, [territories, procedures, bodies, steps, t, i18n.language]);
}

function monthName(month: string, language: string): string {
  const locale = language === 'en' ? 'en-GB' : `${language}-MA-u-nu-latn`;
  const options = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, options).format(new Date(`${month}-15T00:00:00Z`));
}

/** Saves the same answer as a table for spreadsheets. @throws Refusal, Offline */
export async function saveCsv(path: string, query: Record<string, string | string[]>): Promise<void> {
  const params = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );
  const response = await rawFetch(`${path}?${params}`, { headers: { accept: 'text/csv' } });
  if (!response.ok) throw await refusalOf(response);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download =
    /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'table.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The filters as they stand in the address of a CSV. */
export const csvQuery = (filters: Filters) => ({ ...asked(filters), by: dimensionsOf(filters) });

import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api, type Schema } from '../../api/client.ts';
import { proceduresQuery, type Role, territoriesQuery, useMe } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';

export type WorkRow = Schema<'WorkRow'>;
export type Entry = Schema<'RegisterEntry'>;
export type EntryKind = Schema<'EntryKind'>;
export type Direction = Schema<'RegisterDirection'>;
export type Status = Schema<'DossierStatus'>;

/** Which dossiers of the office are wanted; all of it lives in the address. */
export interface WorkFilter {
  status?: Status;
  procedure?: string;
  territory?: string;
  waiting?: Role;
  body?: string;
  dueBefore?: string;
  late?: boolean;
}

/** The dossiers of one's territories, page after page. */
export const workQuery = (filter: WorkFilter, limit = 25) =>
  infiniteQueryOptions({
    queryKey: ['worklist', filter, limit],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/worklist', {
          params: { query: { ...filter, limit, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

/** One dossier with its whereabouts. */
export const dossierQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'detail'],
    queryFn: () => answer(api.GET('/dossiers/{id}', { params: { path: { id } } })),
  });

/** The documents of a dossier, every version. */
export const documentsQuery = (dossier: string) =>
  queryOptions({
    queryKey: ['dossier', dossier, 'documents', 'all'],
    queryFn: async () =>
      (
        await answer(
          api.GET('/dossiers/{id}/documents', { params: { path: { id: dossier }, query: { all: true } } }),
        )
      ).items,
  });

/** Other dossiers of the same land, place or owner. */
export const relatedQuery = (dossier: string) =>
  queryOptions({
    queryKey: ['dossier', dossier, 'related'],
    queryFn: async () =>
      (await answer(api.GET('/dossiers/{id}/related', { params: { path: { id: dossier } } }))).items,
  });

/** The pieces that may be asked for, and whom the dossier goes to. */
export const dispatchQuery = (dossier: string) =>
  queryOptions({
    queryKey: ['dossier', dossier, 'dispatch'],
    queryFn: () => answer(api.GET('/dossiers/{id}/dispatch', { params: { path: { id: dossier } } })),
  });

/** What a draft still lacks. */
export const needsQuery = (dossier: string) =>
  queryOptions({
    queryKey: ['dossier', dossier, 'needs', 'counter'],
    queryFn: () => answer(api.GET('/dossiers/{id}/needs', { params: { path: { id: dossier } } })),
  });

/** A version of a procedure, whole. */
export const procedureQuery = (id: string, version: string | null) =>
  queryOptions({
    queryKey: ['procedure', id, version],
    staleTime: 300_000,
    queryFn: () =>
      answer(
        api.GET('/procedures/{id}', {
          params: { path: { id }, query: version === null ? {} : { version } },
        }),
      ),
  });

/** Names of places and procedures, by their codes. */
export function useNames(): { place: (code: string) => string; procedure: (id: string) => string } {
  const territories = useQuery(territoriesQuery).data ?? [];
  const procedures = useQuery(proceduresQuery).data ?? [];
  return {
    place: (code) => {
      const found = territories.find((one) => one.code === code);
      return found === undefined ? code : localText(found.name);
    },
    procedure: (id) => {
      const found = procedures.find((one) => one.id === id);
      return found === undefined ? id : localText(found.name);
    },
  };
}

/** The communes over which the person signed in holds one of the roles. */
export function useCommunes(...roles: Role[]): { code: string; name: string }[] {
  const me = useMe();
  const territories = useQuery(territoriesQuery).data ?? [];
  const held = me?.grants.filter(({ role }) => roles.includes(role)).map(({ territory }) => territory) ?? [];
  return territories
    .filter(
      ({ kind, code }) =>
        kind === 'commune' &&
        held.some((outer) => outer === '*' || code === outer || code.startsWith(`${outer}.`)),
    )
    .map(({ code, name }) => ({ code, name: localText(name) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

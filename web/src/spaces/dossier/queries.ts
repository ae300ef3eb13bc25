import { queryOptions } from '@tanstack/react-query';
import { answer, api, rawFetch, type Schema } from '../../api/client.ts';
import { refusalOf } from '../../api/problem.ts';

export type Detail = Schema<'DossierDetail'>;
export type Remark = Schema<'Remark'>;
export type Document = Schema<'Document'>;
export type Opinion = Schema<'OpinionPage'>['items'][number];
export type Decision = Schema<'DecisionPage'>['items'][number];
export type Step = Schema<'TimelinePage'>['items'][number];

const path = (id: string) => ({ params: { path: { id } } });

/** A dossier with where it is. Everything about it begins with `['dossier', id]`, so that a change is heard at once. */
export const dossierQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'detail'],
    queryFn: () => answer(api.GET('/dossiers/{id}', path(id))),
  });

export const documentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'documents', 'all'],
    queryFn: async () =>
      (await answer(api.GET('/dossiers/{id}/documents', { params: { path: { id }, query: { all: true } } })))
        .items,
  });

export const remarksQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'remarks'],
    queryFn: async () => (await answer(api.GET('/dossiers/{id}/remarks', path(id)))).items,
  });

export const opinionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'opinions'],
    queryFn: async () => (await answer(api.GET('/dossiers/{id}/opinions', path(id)))).items,
  });

export const decisionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'decisions'],
    queryFn: async () => (await answer(api.GET('/dossiers/{id}/decisions', path(id)))).items,
  });

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'timeline'],
    queryFn: async () => (await answer(api.GET('/dossiers/{id}/timeline', path(id)))).items,
  });

/** The version a dossier runs by: pieces, names, diagram. */
export const procedureQuery = (id: string, version: string | null) =>
  queryOptions({
    queryKey: ['procedure', id, version],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      answer(
        api.GET('/procedures/{id}', {
          params: { path: { id }, query: version === null ? {} : { version } },
        }),
      ),
  });

export const diagramQuery = (id: string, version: string | null) =>
  queryOptions({
    queryKey: ['procedure', id, version, 'diagram'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const query = version === null ? '' : `?version=${version}`;
      const response = await rawFetch(`/procedures/${id}/diagram${query}`);
      if (!response.ok) throw await refusalOf(response);
      return response.text();
    },
  });

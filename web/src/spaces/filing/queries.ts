import { queryOptions } from '@tanstack/react-query';
import { answer, answerWithTag, api } from '../../api/client.ts';

/** A dossier with where it is, and the tag to change it with. */
export const dossierQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'tagged'],
    queryFn: () => answerWithTag(api.GET('/dossiers/{id}', { params: { path: { id } } })),
  });

/** What a draft still lacks; asked again for each saved version of it. */
export const needsQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['dossier', id, 'needs', version],
    queryFn: () => answer(api.GET('/dossiers/{id}/needs', { params: { path: { id } } })),
  });

/** A form of a procedure, by `<procedure>/<form>`. */
export const formQuery = (procedure: string, form: string, version?: string) =>
  queryOptions({
    queryKey: ['form', procedure, form, version ?? null],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      answer(
        api.GET('/procedures/{id}/forms/{form}', {
          params: {
            path: {
              id: procedure,
              form: form.startsWith(`${procedure}/`) ? form.slice(procedure.length + 1) : form,
            },
            ...(version === undefined ? {} : { query: { version } }),
          },
        }),
      ),
  });

/** The documents that are in force in a dossier. */
export const documentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'documents'],
    queryFn: async () =>
      (await answer(api.GET('/dossiers/{id}/documents', { params: { path: { id } } }))).items,
  });

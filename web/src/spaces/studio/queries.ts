import { queryOptions } from '@tanstack/react-query';
import { answer, answerWithTag, api, type Schema } from '../../api/client.ts';

export type Draft = Schema<'ProcedureDraft'>;
export type DraftFile = Schema<'DraftFile'>;
export type VersionLife = Schema<'VersionLife'>;
export type ProcedureProblem = Schema<'ProcedureProblem'>;
export type Vocabulary = Schema<'Vocabulary'>;

export const versionsQuery = queryOptions({
  queryKey: ['studio', 'versions'],
  queryFn: async () => (await answer(api.GET('/procedure-versions'))).items,
});

export const draftsQuery = queryOptions({
  queryKey: ['studio', 'drafts'],
  queryFn: async () => (await answer(api.GET('/procedure-drafts'))).items,
});

export const vocabularyQuery = queryOptions({
  queryKey: ['studio', 'vocabulary'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: () => answer(api.GET('/procedure-vocabulary')),
});

/** A draft as it was when the page was opened; from then on the page is what is newer. */
export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ['studio', 'draft', id],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    queryFn: () => answerWithTag(api.GET('/procedure-drafts/{id}', { params: { path: { id } } })),
  });

export const problemsQuery = (id: string, tag: string) =>
  queryOptions({
    queryKey: ['studio', 'problems', id, tag],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => answer(api.GET('/procedure-drafts/{id}/problems', { params: { path: { id } } })),
  });

/** The files of a published version, which never change. */
export const versionFilesQuery = (hash: string) =>
  queryOptions({
    queryKey: ['studio', 'version', hash],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => answer(api.GET('/procedure-versions/{hash}', { params: { path: { hash } } })),
  });

/** The path of a procedure's diagram among its files. */
export const diagramPath = (procedure: string): string => `processes/${procedure}/${procedure}.bpmn`;

/** What a file holds; empty when there is none. */
export const contentOf = (files: DraftFile[], path: string): string =>
  files.find((file) => file.path === path)?.content ?? '';

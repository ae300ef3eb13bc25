import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';

/** Every version of every piece of a dossier; the current ones first. */
export const documentsQuery = (dossier: string) =>
  queryOptions({
    queryKey: ['dossier', dossier, 'documents'],
    queryFn: async () =>
      (
        await answer(
          api.GET('/dossiers/{id}/documents', { params: { path: { id: dossier }, query: { all: true } } }),
        )
      ).items,
  });

/** Files that the reader has begun to send to a dossier and not finished, here or on another device. */
export const uploadsQuery = (dossier: string) =>
  queryOptions({
    queryKey: ['dossier', dossier, 'uploads'],
    queryFn: async () =>
      (await answer(api.GET('/dossiers/{id}/uploads', { params: { path: { id: dossier } } }))).items,
  });

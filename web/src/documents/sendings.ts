import { useSyncExternalStore } from 'react';
import type { Schema } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';
import { plainName } from './media.ts';
import { uploadsQuery } from './queries.ts';
import { giveUp, type Sent, sendFile } from './sendFile.ts';

/** A file that this window sends, or whose sending was refused. */
export interface Sending extends Sent {
  fileName: string;
  size: number;
  /** Why it was refused; null while it goes on. */
  error: unknown;
}

/** Sendings outlive the page that began them: going to another tab of the dossier stops nothing. */
const sendings = new Map<string, { state: Sending; stop: AbortController }>();
const listeners = new Set<() => void>();
const keyOf = (dossier: string, piece: string): string => `${dossier} ${piece}`;

function change(key: string, state: Sending | null, stop?: AbortController): void {
  const entry = sendings.get(key);
  if (state === null) sendings.delete(key);
  else sendings.set(key, { state, stop: stop ?? entry?.stop ?? new AbortController() });
  for (const listener of listeners) listener();
}

/** What is being sent for a piece. */
export function useSending(dossier: string, piece: string): Sending | null {
  return useSyncExternalStore(subscribe, () => sendings.get(keyOf(dossier, piece))?.state ?? null);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Sends a file for a piece; the outcome is told to `onDone` and to every list of the dossier's documents. */
export async function send(
  dossier: string,
  piece: string,
  file: File,
  onDone: (document: Schema<'Document'>) => void,
): Promise<void> {
  const key = keyOf(dossier, piece);
  sendings.get(key)?.stop.abort();
  const stop = new AbortController();
  const name = plainName(file.name);
  const base = { fileName: name, size: file.size, error: null };
  const tell = (sent: Sent): void => {
    if (!stop.signal.aborted) change(key, { ...base, ...sent }, stop);
  };
  tell({ phase: 'reading', sent: 0 });
  try {
    const document = await sendFile({ dossier, piece, file, name }, tell, stop.signal);
    change(key, null);
    await queryClient.invalidateQueries({ queryKey: ['dossier', dossier] });
    onDone(document);
  } catch (error) {
    if (!stop.signal.aborted) change(key, { ...base, phase: 'checking', sent: 0, error }, stop);
    void queryClient.invalidateQueries({ queryKey: uploadsQuery(dossier).queryKey });
  }
}

/** Stops a sending and forgets what has arrived. */
export async function cancel(dossier: string, piece: string): Promise<void> {
  const key = keyOf(dossier, piece);
  sendings.get(key)?.stop.abort();
  change(key, null);
  const uploads = await queryClient.fetchQuery({ ...uploadsQuery(dossier), staleTime: 0 }).catch(() => []);
  await Promise.all(
    uploads.filter((one) => one.piece === piece).map((one) => giveUp({ id: dossier, upload: one.id })),
  );
  await queryClient.invalidateQueries({ queryKey: uploadsQuery(dossier).queryKey });
}

/** Puts a refusal away. */
export function dismiss(dossier: string, piece: string): void {
  change(keyOf(dossier, piece), null);
}

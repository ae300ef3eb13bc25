import { createParser } from 'eventsource-parser';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { rawFetch, type Schema } from './client.ts';
import { firstPosition, queryClient, useSession } from './queries.ts';

/** Who changed a dossier while it was open, and when this page heard of it. */
export interface Elsewhere {
  by: Schema<'Party'>;
  at: number;
}

interface Change {
  dossiers: { id: string; by: Schema<'Party'>; self: boolean }[];
  tasks: boolean;
  notifications: boolean;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** The page comes first: following begins when nothing has been asked for this long. */
const QUIET_MS = 1_200;
/** Nothing at all for so long, not even a beat: the line is dead though nobody said so. */
const SILENCE_MS = 50_000;

const elsewhere = new Map<string, Elsewhere>();
const listeners = new Set<() => void>();

/** Follows what changes for the person signed in, while `signal` lives, and has the pages ask again. */
async function follow(signal: AbortSignal): Promise<void> {
  await quiet(signal);
  let lastId = firstPosition();
  for (let pause = FIRST_PAUSE_MS; !signal.aborted; ) {
    try {
      await read(signal, lastId, (id) => {
        lastId = id;
        pause = FIRST_PAUSE_MS;
      });
    } catch {
      // The line is away: pages keep what they have, and hear what they missed when it is back.
    }
    await sleep(pause * (0.75 + Math.random() / 2), signal);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

async function read(signal: AbortSignal, lastId: string | null, heard: (id: string) => void): Promise<void> {
  const line = new AbortController();
  const stop = () => line.abort();
  signal.addEventListener('abort', stop, { once: true });
  let watch = setTimeout(stop, SILENCE_MS);
  try {
    const headers = lastId === null ? {} : { 'last-event-id': lastId };
    const response = await rawFetch('/stream', { headers, signal: line.signal });
    if (!response.ok || response.body === null) return;
    const parser = createParser({
      onEvent({ id, event, data }) {
        if (id !== undefined) heard(id);
        if (event === 'hello' && (JSON.parse(data) as { missed: boolean }).missed) askAgain();
        if (event === 'change') apply(JSON.parse(data) as Change);
      },
    });
    const text = new TextDecoder();
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(watch);
      watch = setTimeout(stop, SILENCE_MS);
      parser.feed(text.decode(value, { stream: true }));
    }
  } finally {
    clearTimeout(watch);
    signal.removeEventListener('abort', stop);
  }
}

function apply({ dossiers, tasks, notifications }: Change): void {
  for (const { id, by, self } of dossiers) {
    void queryClient.invalidateQueries({ queryKey: ['dossier', id] });
    if (!self) elsewhere.set(id, { by, at: Date.now() });
  }
  if (dossiers.length > 0) void queryClient.invalidateQueries({ queryKey: ['dossiers'] });
  if (tasks) void queryClient.invalidateQueries({ queryKey: ['tasks'] });
  if (notifications) void queryClient.invalidateQueries({ queryKey: ['notifications'] });
  for (const listener of listeners) listener();
}

/** After an absence everything that follows changes is asked for anew. */
function askAgain(): void {
  for (const name of ['dossier', 'dossiers', 'tasks', 'notifications'])
    void queryClient.invalidateQueries({ queryKey: [name] });
}

async function quiet(signal: AbortSignal): Promise<void> {
  for (let since = Date.now(); Date.now() - since < QUIET_MS && !signal.aborted; ) {
    await sleep(200, signal);
    if (queryClient.isFetching() > 0) since = Date.now();
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}

/** Keeps every page fresh while somebody is signed in. Mounted once, by the frame. */
export function useLive(): void {
  const session = useSession();
  useEffect(() => {
    if (session !== 'signedIn') return;
    const life = new AbortController();
    void follow(life.signal);
    return () => life.abort();
  }, [session]);
}

/**
 * Who else has changed a dossier since the page was opened, or since it was last `seen`; null for nobody. For a quiet
 * banner: what is shown is fresh already, what is being typed is left alone.
 */
export function useElsewhere(dossier: string): { change: Elsewhere | null; seen: () => void } {
  const [since, setSince] = useState(() => Date.now());
  const last = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => elsewhere.get(dossier) ?? null,
  );
  const seen = useCallback(() => setSince(Date.now()), []);
  return { change: last !== null && last.at > since ? last : null, seen };
}
